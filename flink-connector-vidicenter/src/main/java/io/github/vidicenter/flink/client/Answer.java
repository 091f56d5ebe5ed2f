package io.github.vidicenter.flink.client;

import java.io.IOException;
import java.time.Duration;

/**
 * What one call to the {@code data/} endpoint gave; {@link Trouble} may come of any endpoint.
 * Creation dates are the server's text, in a zone that the API document doesn't name; they tell one
 * export from another and are null where the answer has none. No part ever holds credentials.
 */
public sealed interface Answer {

    /**
     * The export is being built.
     *
     * @param state {@code started} or {@code in_progress}
     * @param creationDate may be null
     */
    record Pending(String state, String creationDate) implements Answer {}

    /**
     * The export is built, and its body is downloaded as the server sent it.
     *
     * @param body to be closed by whoever gets the answer
     * @param creationDate may be null
     * @param whole whether the body is known to be whole JSON; if not, it may break off among its
     *     rows, and its creation date may still follow
     */
    record Finished(ExportBody body, String creationDate, boolean whole) implements Answer {}

    /**
     * The export ended {@code failed}.
     *
     * @param reason the server's {@code fail_reason}, or that it gave none
     * @param creationDate may be null
     */
    record Failed(String reason, String creationDate) implements Answer {}

    /** The answer tells nothing of what was asked for: it goes for every endpoint alike. */
    sealed interface Trouble extends Answer {}

    /**
     * HTTP 429.
     *
     * @param retryAfter how long to wait, positive; null: the server didn't say
     */
    record Throttled(Duration retryAfter) implements Trouble {}

    /** HTTP 401, or a token file that can't be read; the message says which. */
    record Unauthorized(String message) implements Trouble {}

    /** HTTP 4xx other than 401, 408 and 429: asking the same again won't help. */
    record Rejected(int status, String message) implements Trouble {}

    /** HTTP 3xx: not followed, since the credentials would go along. */
    record Redirected(int status, String message) implements Trouble {}

    /**
     * No usable answer: no connection, a cut or malformed body, HTTP 5xx, the deadline passed.
     * Whether the server saw the call is not known.
     *
     * @param cause may be null
     */
    record Broken(String what, IOException cause) implements Trouble {}
}
