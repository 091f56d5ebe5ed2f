package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.client.ListRetries;
import io.github.vidicenter.flink.client.TopologyAnswer;
import io.github.vidicenter.flink.client.TopologyApi;
import io.github.vidicenter.flink.client.TopologyList;
import io.github.vidicenter.flink.client.TopologyTestRows;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** A topology that a test sets, answered in the thread that asks. */
final class SimulatedTopology implements TopologyApi {

    /** For jobs that must not ask. */
    static final TopologyAccess NONE =
            new TopologyAccess(
                    () -> {
                        throw new AssertionError("nothing here needs the topology");
                    },
                    null,
                    null,
                    null);

    /** The list as JSON. */
    String locations = "[]";

    /** In place of the list; null: the list. */
    Answer.Trouble trouble;

    int calls;
    long nanos;

    TopologyAccess access() {
        return new TopologyAccess(
                () -> this,
                new ListRetries(3, false, () -> 1),
                SimulatedTopology::direct,
                () -> nanos);
    }

    @Override
    public TopologyAnswer list(TopologyList list) {
        calls++;
        return trouble == null
                ? new TopologyAnswer.Listed(TopologyTestRows.of(locations))
                : new TopologyAnswer.Denied(trouble);
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}

    private static ExecutorService direct() {
        return new AbstractExecutorService() {
            @Override
            public void execute(Runnable command) {
                command.run();
            }

            @Override
            public void shutdown() {}

            @Override
            public List<Runnable> shutdownNow() {
                return List.of();
            }

            @Override
            public boolean isShutdown() {
                return false;
            }

            @Override
            public boolean isTerminated() {
                return false;
            }

            @Override
            public boolean awaitTermination(long timeout, TimeUnit unit) {
                return true;
            }
        };
    }
}
