package io.github.vidicenter.flink.client;

/** What one call for a list of the topology gave. */
public sealed interface TopologyAnswer {

    /**
     * The list, known to be whole JSON.
     *
     * @param rows to be closed by whoever gets the answer
     */
    record Listed(TopologyRows rows) implements TopologyAnswer {}

    /** There is none; {@link ListRetries} tells what to do about it. */
    record Denied(Answer.Trouble why) implements TopologyAnswer {}
}
