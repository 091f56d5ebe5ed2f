package io.github.vidicenter.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * State as some version of a serializer wrote it, which every later version has to read. With
 * {@code -Dgolden.write=true} the file of the serializer's own version is written anew: only for a
 * version that no release has, since the state of a released one lies in users' checkpoints.
 */
public final class GoldenFile {

    private static final Path DIRECTORY =
            Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "state");

    private GoldenFile() {}

    /**
     * Reads the file of one version.
     *
     * @param name of the file, without version and ending
     * @param state what the file holds, in case it is to be written
     */
    public static <T> T read(
            String name, int version, SimpleVersionedSerializer<T> serializer, T state)
            throws IOException {
        Path file = DIRECTORY.resolve(name + "-v" + version + ".bin");
        if (Boolean.getBoolean("golden.write") && version == serializer.getVersion()) {
            Files.createDirectories(DIRECTORY);
            Files.write(file, serializer.serialize(state));
        }
        return serializer.deserialize(version, Files.readAllBytes(file));
    }
}
