package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.client.BuildTimes;
import io.github.vidicenter.flink.client.ExportProgress;
import io.github.vidicenter.flink.event.BuildsSeen;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Sees one export after the other being built, and tells {@link BuildTimes} and the other readers
 * of it. An export that a reader before this one started teaches nothing: nobody looked after it
 * for a while.
 */
final class BuildWatch {

    private final BuildTimes times;
    private final Consumer<SourceEvent> others;
    private boolean sawStart;
    private long notReadyAt;

    BuildWatch(BuildTimes times, Consumer<SourceEvent> others) {
        this.times = times;
        this.others = others;
    }

    /**
     * An answer came.
     *
     * @param before the progress with which the call was made
     * @param kind equal for exports of the same ids and length
     * @param cells size of the export
     * @param askedAt when the call was made, in epoch milliseconds
     * @return about how long the export was built, in milliseconds; 0: it is not ready, or nobody
     *     knows
     */
    long saw(ExportProgress before, Answer answer, long kind, long cells, long askedAt) {
        if (answer instanceof Answer.Pending) {
            if (before.polls() == 0) {
                sawStart = true;
                notReadyAt = 0;
            } else {
                notReadyAt = Math.max(0, askedAt - before.startedAt());
            }
        } else if (answer instanceof Answer.Finished) {
            long readyAt = askedAt - before.startedAt();
            // A clock that was set back in between tells nothing.
            boolean known = sawStart && before.startedAt() != 0 && readyAt >= notReadyAt;
            sawStart = false;
            if (known) {
                others.accept(
                        new BuildsSeen(
                                List.of(new BuildsSeen.Build(kind, cells, notReadyAt, readyAt))));
                return times.learn(kind, cells, notReadyAt, readyAt);
            }
        }
        return 0;
    }
}
