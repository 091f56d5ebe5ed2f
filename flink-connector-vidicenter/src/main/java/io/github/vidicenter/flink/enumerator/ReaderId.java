package io.github.vidicenter.flink.enumerator;

import java.util.Map;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Address of a reader.
 *
 * @param attempt negative where Flink does not tell attempts apart, which is the rule outside of
 *     speculative execution
 */
public record ReaderId(int subtask, int attempt) {

    public static final int ANY_ATTEMPT = -1;

    boolean isRegistered(SplitEnumeratorContext<?> context) {
        return attempt == ANY_ATTEMPT
                ? context.registeredReaders().containsKey(subtask)
                : context.registeredReadersOfAttempts()
                        .getOrDefault(subtask, Map.of())
                        .containsKey(attempt);
    }

    void send(SplitEnumeratorContext<?> context, SourceEvent event) {
        if (attempt == ANY_ATTEMPT) {
            context.sendEventToSourceReader(subtask, event);
        } else {
            context.sendEventToSourceReader(subtask, attempt, event);
        }
    }
}
