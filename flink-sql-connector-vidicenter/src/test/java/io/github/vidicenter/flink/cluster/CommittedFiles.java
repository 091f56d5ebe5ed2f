package io.github.vidicenter.flink.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what Flink's file sink has committed. */
public final class CommittedFiles {

    private CommittedFiles() {}

    /**
     * The lines in files that are committed: those in progress have names that start with a dot.
     */
    public static List<String> lines(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        return lines;
    }
}
