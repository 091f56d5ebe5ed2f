package io.github.vidicenter.flink.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A program for a cluster that has all else in {@code lib/}: one of the tests' classes. */
public record JobJar(Path file, String mainClass) {

    /** Packs a class and those that are nested in it. */
    public static JobJar of(Class<?> mainClass) {
        try {
            Path file = Files.createTempFile(mainClass.getSimpleName(), ".jar");
            file.toFile().deleteOnExit();
            try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
                add(jar, mainClass);
                for (Class<?> nested : mainClass.getDeclaredClasses()) {
                    add(jar, nested);
                }
            }
            return new JobJar(file, mainClass.getName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(JarOutputStream jar, Class<?> type) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
            in.transferTo(jar);
        }
    }
}
