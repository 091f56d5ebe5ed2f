package io.github.vidicenter.flink.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what a {@code filesystem} table in {@code json} has committed. */
public final class JsonFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFiles() {}

    /** The rows in files that are committed: those in progress have names that start with a dot. */
    public static List<Map<String, Object>> committed(Path directory) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    for (String line : Files.readAllLines(file)) {
                        rows.add(JSON.readValue(line, new TypeReference<>() {}));
                    }
                }
            }
        }
        return rows;
    }
}
