package io.github.vidicenter.flink.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what a {@code filesystem} table in {@code json} has committed. */
public final class JsonFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFiles() {}

    public static List<Map<String, Object>> committed(Path directory) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : CommittedFiles.lines(directory)) {
            rows.add(JSON.readValue(line, new TypeReference<>() {}));
        }
        return rows;
    }
}
