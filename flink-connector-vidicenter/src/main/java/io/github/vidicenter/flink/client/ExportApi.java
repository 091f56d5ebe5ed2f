package io.github.vidicenter.flink.client;

/**
 * The {@code data/} endpoint: one HTTP exchange per call. What the answers mean for an export is up
 * to {@link ExportProtocol}.
 */
public interface ExportApi extends AutoCloseable {

    /**
     * Asks for an export, which starts it, polls it or downloads it (API document, "Asynchronous
     * usage"). May be called by several threads at a time.
     *
     * @param forceRebuild whether {@code force_rebuild} is sent: on the first call of a rebuild
     *     only
     * @param wholeFirst whether the answer is read to its end before it is returned: its creation
     *     date may be needed first, or none of its rows may be used unless all can be
     * @return what came back; trouble on the way or at the server is an answer too, never thrown.
     *     The caller closes the body of an {@link Answer.Finished}
     * @throws InterruptedException if the calling thread is interrupted; the connection is closed
     * @throws java.io.UncheckedIOException if the answer can't be stored on this machine
     */
    Answer ask(ExportRequest request, boolean forceRebuild, boolean wholeFirst)
            throws InterruptedException;

    /**
     * Ends the exchanges that are in flight: they return an {@link Answer.Broken}. Later calls are
     * not affected.
     */
    void abort();

    /** Aborts and gives up all connections and threads. */
    @Override
    void close();
}
