package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.split.ExportSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.source.coordinator.SplitAssignmentTracker;

/** What an enumerator sees of a {@link SimulatedJob}: messages arrive when the job lets them. */
final class SimulatedContext implements SplitEnumeratorContext<ExportSplit> {

    /** Stands in a reader's queue behind all that was sent before the coordinator's snapshot. */
    record Barrier(long checkpoint) {}

    /** What is under way between the enumerator and one reader; in order, in each direction. */
    static final class Channel {
        private final Deque<Object> toReader = new ArrayDeque<>();
        private final Deque<SourceEvent> toEnumerator = new ArrayDeque<>();

        void toReader(Object message) {
            toReader.add(message);
        }

        void toEnumerator(SourceEvent event) {
            toEnumerator.add(event);
        }

        Object nextToReader() {
            return toReader.poll();
        }

        /** Takes all that is under way to the reader, of which these are splits. */
        List<ExportSplit> splits() {
            List<ExportSplit> splits = new ArrayList<>();
            for (Object message : toReader) {
                if (message instanceof ExportSplit split) {
                    splits.add(split);
                }
            }
            toReader.clear();
            return splits;
        }

        boolean holdsForReader() {
            return !toReader.isEmpty();
        }

        boolean holdsForEnumerator() {
            return !toEnumerator.isEmpty();
        }

        boolean isEmpty() {
            return toReader.isEmpty() && toEnumerator.isEmpty();
        }

        SourceEvent nextToEnumerator() {
            return toEnumerator.poll();
        }

        void clear() {
            toReader.clear();
            toEnumerator.clear();
        }
    }

    private final List<Channel> channels = new ArrayList<>();
    private final Map<Integer, ReaderInfo> registered = new TreeMap<>();
    private final Set<Integer> toldOfEnd = new HashSet<>();
    private final SplitAssignmentTracker<ExportSplit> tracker = new SplitAssignmentTracker<>();
    private final Deque<Runnable> queued = new ArrayDeque<>();
    private Runnable periodic = () -> {};

    SimulatedContext(int parallelism) {
        for (int i = 0; i < parallelism; i++) {
            channels.add(new Channel());
        }
    }

    Channel channel(int subtask) {
        return channels.get(subtask);
    }

    SplitAssignmentTracker<ExportSplit> tracker() {
        return tracker;
    }

    /** What is assigned from now on is not in the checkpoint. */
    void beginCheckpoint(long id) {
        try {
            tracker.onCheckpoint(id);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void register(int subtask) {
        registered.put(subtask, new ReaderInfo(subtask, "host"));
    }

    void unregister(int subtask) {
        registered.remove(subtask);
        toldOfEnd.remove(subtask);
    }

    boolean toldOfEnd(int subtask) {
        return toldOfEnd.contains(subtask);
    }

    void tick() {
        periodic.run();
        runQueued();
    }

    void runQueued() {
        while (!queued.isEmpty()) {
            queued.poll().run();
        }
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        if (!registered.containsKey(subtask)) {
            throw new IllegalStateException("an event to a reader that is not there fails the job");
        }
        channel(subtask).toReader(event);
    }

    @Override
    public int currentParallelism() {
        return channels.size();
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return registered;
    }

    @Override
    public void assignSplits(SplitsAssignment<ExportSplit> assignment) {
        assignment
                .assignment()
                .forEach(
                        (subtask, splits) -> {
                            if (!registered.containsKey(subtask)) {
                                throw new IllegalStateException("no reader " + subtask);
                            }
                            splits.forEach(channel(subtask)::toReader);
                        });
        tracker.recordSplitAssignment(assignment);
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        toldOfEnd.add(subtask);
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        queued.add(() -> call(callable, handler));
    }

    @Override
    public <T> void callAsync(
            Callable<T> callable,
            BiConsumer<T, Throwable> handler,
            long initialDelayMillis,
            long periodMillis) {
        periodic = () -> call(callable, handler);
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        queued.add(runnable);
    }

    private static <T> void call(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        T result;
        try {
            result = callable.call();
        } catch (Exception e) {
            handler.accept(null, e);
            return;
        }
        handler.accept(result, null);
    }
}
