package io.github.vidicenter.simulator.fault;

import java.time.Duration;

/** A way in which a call goes wrong. */
public sealed interface Fault {

    /** An answer in place of the real one; the export is not touched. */
    sealed interface Instead extends Fault {}

    /** The call does what it does, but the answer says something else. */
    sealed interface Misstated extends Fault {}

    /** The real answer, but broken on its way. */
    sealed interface OnTheWay extends Fault {}

    /** Something about the export itself. */
    sealed interface OfTheExport extends Fault {}

    /**
     * An error.
     *
     * @param retryAfter value of the header {@code Retry-After}, seconds or a date; null: without
     * @param html whether the body is a web page, as of a proxy, instead of JSON
     */
    record Status(int status, String retryAfter, boolean html) implements Instead {}

    /** A web page with status 200, as of a captive portal. */
    record Page() implements Instead {}

    /** Sent elsewhere. */
    record Redirect(String location) implements Instead {}

    /**
     * A state that is not the export's.
     *
     * @param state null: the answer has none
     */
    record OtherState(String state) implements Misstated {}

    /** {@code finished}, but without {@code data}. */
    record WithoutData() implements Misstated {}

    /** No answer ever comes; the connection stays open. */
    record Hang() implements Instead {}

    /**
     * The connection is reset before anything is answered, or after the first bytes of the body.
     */
    record Reset(boolean inBody) implements OnTheWay {}

    /** How an answer ends too soon. */
    enum Cut {
        /** The last chunk never comes. */
        CHUNKS,
        /** {@code Content-Length} tells of more than comes. */
        CONTENT_LENGTH,
        /** HTTP is in good order, the JSON in it is not whole. */
        JSON,
        /** HTTP is in good order, the compressed stream in it is not whole. */
        GZIP
    }

    /** Half of the answer. */
    record Truncated(Cut cut) implements OnTheWay {}

    /** Compressed, with a damaged byte in the middle. */
    record BrokenGzip() implements OnTheWay {}

    /**
     * One byte after the other.
     *
     * @param pause between two bytes
     */
    record Slow(Duration pause) implements OnTheWay {}

    /**
     * The export that this call starts ends {@code failed}.
     *
     * @param reason its {@code fail_reason}; null: it tells none
     */
    record FailedExport(String reason) implements OfTheExport {}

    /** The export that this call starts is built for so much longer. */
    record Stuck(Duration duration) implements OfTheExport {}

    /** The cache has dropped the export before this call, which so starts it anew. */
    record Forgotten() implements OfTheExport {}

    /** After a rebuild was asked for, this call still finds the export before it. */
    record OldExport() implements OfTheExport {}
}
