package io.github.vidicenter.simulator.fault;

/** What a call is about to be. */
public enum Phase {
    /** It would start a build. */
    START,
    /** It would find a build going on. */
    POLL,
    /** It would find an export that has ended. */
    DOWNLOAD,
    /** It asks for a list of the topology. */
    LIST
}
