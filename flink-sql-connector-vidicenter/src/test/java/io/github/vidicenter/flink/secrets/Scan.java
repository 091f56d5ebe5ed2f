package io.github.vidicenter.flink.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks for a secret in whatever was written, and tells where it stands. */
final class Scan {

    private final Map<String, byte[]> forms;
    private final Map<String, Set<String>> hits = new TreeMap<>();
    private long files;
    private long bytes;

    Scan(Secret secret) {
        forms = secret.forms();
    }

    /** All files of a directory, by their paths in it; those that vanish meanwhile are let go. */
    Scan directory(Path directory) throws IOException {
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        try {
                            bytes(directory.relativize(file).toString(), Files.readAllBytes(file));
                        } catch (NoSuchFileException gone) {
                            return visitFileFailed(file, gone);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return this;
    }

    Scan text(String name, String text) {
        bytes(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private void bytes(String name, byte[] content) {
        files++;
        bytes += content.length;
        forms.forEach(
                (form, wanted) -> {
                    if (contains(content, wanted)) {
                        hits.computeIfAbsent(name, n -> new TreeSet<>()).add(form);
                    }
                });
    }

    /** The forms that were found, by the names of what they were found in. */
    Map<String, Set<String>> hits() {
        return hits;
    }

    /** How much was looked through. */
    String extent() {
        return "%d files and answers, %d MB".formatted(files, bytes >> 20);
    }

    private static boolean contains(byte[] content, byte[] wanted) {
        int last = content.length - wanted.length;
        for (int i = 0; i <= last; i++) {
            if (content[i] == wanted[0] && matches(content, i, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] content, int from, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            if (content[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
