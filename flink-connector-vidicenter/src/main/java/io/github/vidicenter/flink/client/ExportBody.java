package io.github.vidicenter.flink.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The downloaded body of a finished export, kept whole in memory or in a temporary file until it is
 * closed.
 */
public interface ExportBody extends Closeable {

    /**
     * The JSON from its beginning, decompressed. May be called any number of times before {@link
     * #close()}; the caller closes each stream.
     */
    InputStream open() throws IOException;

    /**
     * Whether the body is a file with a checksum: large enough for a second reading to count, and
     * known to be what the server sent without one.
     */
    default boolean isSealedFile() {
        return false;
    }

    /** Size as received, in bytes: compressed, where the server compressed it. */
    long bytes();

    /** Deletes the temporary file, if there is one. May be called more than once. */
    @Override
    void close();
}
