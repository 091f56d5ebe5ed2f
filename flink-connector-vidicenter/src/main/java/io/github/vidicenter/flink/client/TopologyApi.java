package io.github.vidicenter.flink.client;

/**
 * The lists of an account's networks, sites, locations, boxes and tags: one HTTP exchange per call,
 * which counts as any other call of the account does.
 */
public interface TopologyApi extends AutoCloseable {

    /**
     * Asks for a list. May be called by several threads at a time.
     *
     * @return what came back; trouble on the way or at the server is an answer too, never thrown.
     *     The caller closes the rows of a {@link TopologyAnswer.Listed}
     * @throws InterruptedException if the calling thread is interrupted; the connection is closed
     * @throws java.io.UncheckedIOException if the answer can't be stored on this machine
     */
    TopologyAnswer list(TopologyList list) throws InterruptedException;

    /** Ends the exchanges that are in flight: they are answered as broken. */
    void abort();

    /** Aborts and gives up all connections and threads. */
    @Override
    void close();
}
