package io.github.vidicenter.flink.quota;

import io.github.vidicenter.flink.client.Answer;
import java.io.Serializable;

/**
 * What a call told about the account.
 *
 * @param outcome what became of the export slot
 * @param retryAfterMillis with {@link Outcome#THROTTLED}: how long the server asked to wait;
 *     negative where it did not say
 */
public record CallResult(Outcome outcome, long retryAfterMillis) implements Serializable {

    /** What the answer says about the export on the server. */
    public enum Outcome {
        /** The export is being built: its slot stays taken. */
        BUILDING,
        /** Finished, failed or refused: its slot is free. */
        ENDED,
        /** Turned away with 401 or a redirect: nothing was started, and what is built goes on. */
        TURNED_AWAY,
        /** No usable answer: whether the export is being built is not known. */
        UNKNOWN,
        /** The same, and nobody will ask for the export again. */
        ABANDONED,
        /** 429: the account is to be left alone for a while. */
        THROTTLED
    }

    public static CallResult of(Answer answer) {
        if (answer instanceof Answer.Pending) {
            return of(Outcome.BUILDING);
        } else if (answer instanceof Answer.Throttled throttled) {
            return throttled(
                    throttled.retryAfter() == null ? -1 : throttled.retryAfter().toMillis());
        } else if (answer instanceof Answer.Unauthorized || answer instanceof Answer.Redirected) {
            return of(Outcome.TURNED_AWAY);
        }
        return of(answer instanceof Answer.Broken ? Outcome.UNKNOWN : Outcome.ENDED);
    }

    /** The export is not asked for again. */
    public CallResult last() {
        return outcome == Outcome.UNKNOWN ? of(Outcome.ABANDONED) : this;
    }

    public static CallResult of(Outcome outcome) {
        return new CallResult(outcome, -1);
    }

    public static CallResult throttled(long retryAfterMillis) {
        return new CallResult(Outcome.THROTTLED, retryAfterMillis);
    }
}
