package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.client.BuildTimes;
import io.github.vidicenter.flink.client.ExportProgress;

/**
 * Sees one export after the other being built, and tells {@link BuildTimes} of it. An export that a
 * reader before this one started teaches nothing: nobody looked after it for a while.
 */
final class BuildWatch {

    private final BuildTimes times;
    private boolean sawStart;
    private long notReadyAt;

    BuildWatch(BuildTimes times) {
        this.times = times;
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
            if (before.startedAt() == 0) {
                sawStart = true;
                notReadyAt = 0;
            } else {
                notReadyAt = Math.max(0, askedAt - before.startedAt());
            }
        } else if (answer instanceof Answer.Finished) {
            boolean known = sawStart && before.startedAt() != 0;
            sawStart = false;
            if (known) {
                return times.learn(kind, cells, notReadyAt, askedAt - before.startedAt());
            }
        }
        return 0;
    }
}
