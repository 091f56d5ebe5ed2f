package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.event.TimeReached;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What readers and Flink are told of how far the scan is, each change once. */
final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final SplitEnumeratorContext<?> context;
    private final Readers readers;
    private final LongFunction<TimeReached> messages;
    private final Set<Integer> toldOfEnd = new HashSet<>();
    private long announced = Long.MIN_VALUE;

    /** What Flink was told; null: what it was told before a restart is not known. */
    private Boolean backlog;

    /**
     * @param messages what readers are told of a time
     * @param restored whether the job goes on from a state
     */
    Announcements(
            SplitEnumeratorContext<?> context,
            Readers readers,
            LongFunction<TimeReached> messages,
            boolean restored) {
        this.context = context;
        this.readers = readers;
        this.messages = messages;
        this.backlog = restored ? null : false;
    }

    /** A reader of this subtask starts anew: it knows neither time nor end. */
    void lost(int subtask) {
        // Once all have said hello again, each hears the time again, whichever is the last to
        // speak.
        announced = Long.MIN_VALUE;
        toldOfEnd.remove(subtask);
    }

    /** A reader that joins others hears what they heard. */
    void welcome(ReaderId reader, long time) {
        if (announced != Long.MIN_VALUE) {
            readers.send(reader, messages.apply(time));
        }
    }

    void time(long time) {
        if (time != announced) {
            announced = time;
            readers.all().forEach(reader -> readers.send(reader, messages.apply(time)));
        }
    }

    /** After a reader's hello, so that it hears the last time before the end. */
    void end() {
        readers.registered()
                .map(ReaderId::subtask)
                .filter(toldOfEnd::add)
                .forEach(context::signalNoMoreSplits);
    }

    /** Flink may then take checkpoints less often, as {@code interval-during-backlog} says. */
    void backlog(boolean behind) {
        if (backlog == null || behind != backlog) {
            backlog = behind;
            try {
                context.setIsProcessingBacklog(behind);
            } catch (UnsupportedOperationException e) {
                LOG.debug("Flink does not want to know of a backlog here", e);
            }
        }
    }
}
