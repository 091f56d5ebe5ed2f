package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.quota.AccountQuota;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A job as Flink runs it, as far as enumerator and readers can tell, one random step after the
 * other: messages that take their time, checkpoints whose coordinator part is older than the
 * readers' part, regional and global failovers, and restores with another parallelism. What Flink
 * does is modelled after its {@code SourceCoordinator}, {@code SplitAssignmentTracker} and
 * checkpoint barriers.
 */
final class SimulatedJob {

    /** What a completed checkpoint holds. */
    private record Checkpoint(long id, byte[] enumerator, List<SimulatedReader.State> readers) {}

    private final VidiCenterConfig config;
    private final Clock clock;
    private final Random random;
    private final boolean oneRegion;

    private SimulatedContext context;
    private VidiCenterEnumerator enumerator;
    private List<SimulatedReader> readers;
    private Checkpoint completed;
    private long checkpointId;
    private long epochs;

    // A checkpoint under way: the coordinator's part, and those of the readers so far.
    private byte[] pendingEnumerator;
    private SimulatedReader.State[] pendingReaders;

    int restarts;
    int watermarks;

    SimulatedJob(VidiCenterConfig config, Clock clock, Random random, int parallelism) {
        this.config = config;
        this.clock = clock;
        this.random = random;
        this.oneRegion = random.nextBoolean();
        start(parallelism, null, List.of());
    }

    private void start(int parallelism, byte[] state, List<SimulatedReader.State> readerStates) {
        EnumeratorState restored = state == null ? null : read(state);
        context = new SimulatedContext(parallelism);
        enumerator =
                new VidiCenterEnumerator(
                        context,
                        restored == null
                                ? ScanPlan.begin(config, clock)
                                : ScanPlan.resume(config, restored, clock),
                        new AccountQuota(System::nanoTime),
                        SimulatedTopology.NONE,
                        restored);
        enumerator.start();
        readers = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            readers.add(null);
            startReader(
                    subtask,
                    readerStates.isEmpty()
                            ? SimulatedReader.State.EMPTY
                            : readerStates.get(subtask));
        }
    }

    private void startReader(int subtask, SimulatedReader.State state) {
        SimulatedReader reader = new SimulatedReader(subtask, ++epochs, config, state, random);
        readers.set(subtask, reader);
        context.channel(subtask).clear();
        reader.start(context.channel(subtask));
        context.register(subtask);
        enumerator.addReader(subtask);
    }

    /** Something happens. */
    void step() {
        int choice = random.nextInt(100);
        SimulatedReader reader = readers.get(random.nextInt(readers.size()));
        if (choice < 25) {
            deliverToEnumerator(reader.subtask);
        } else if (choice < 50) {
            deliverToReader(reader);
        } else if (choice < 80) {
            reader.emitSomething(context.channel(reader.subtask));
        } else if (choice < 88) {
            context.tick();
        } else if (choice < 96) {
            beginCheckpoint();
        } else if (choice < 98) {
            fail(reader.subtask);
        } else if (choice == 98) {
            failGlobally(readers.size());
        } else {
            failGlobally(1 + random.nextInt(4));
        }
    }

    /** Everything that is under way arrives, and nothing fails. */
    void settle() {
        for (int round = 0; round < 20_000 && !isOver(); round++) {
            context.tick();
            for (SimulatedReader reader : readers) {
                deliverToEnumerator(reader.subtask);
                deliverToReader(reader);
                reader.emitSomething(context.channel(reader.subtask));
            }
        }
        for (SimulatedReader reader : readers) {
            while (context.channel(reader.subtask).holdsForReader()) {
                deliverToReader(reader);
            }
        }
    }

    boolean isOver() {
        return readers.stream().allMatch(reader -> context.toldOfEnd(reader.subtask));
    }

    /** Rows that came out of the job, each as often as it came. */
    List<SimulatedReader.Row> emitted() {
        return readers.stream().flatMap(reader -> reader.ledger().stream()).toList();
    }

    /**
     * All that a watermark speaks of is out. Between regions that fail on their own a watermark may
     * be under way while another region starts again from its checkpoint; there it is enough that
     * no reader emits a row behind its own watermark, which {@link SimulatedReader} checks.
     */
    private void onWatermark(long time) {
        watermarks++;
        if (!oneRegion) {
            return;
        }
        List<SimulatedReader.Row> out = emitted();
        for (SimulatedReader.Row row : SimulatedReader.truth(config)) {
            if (row.time() < time && !out.contains(row)) {
                throw new AssertionError("watermark " + time + " before " + row);
            }
        }
    }

    long lastWatermark(int subtask) {
        return readers.get(subtask).watermark();
    }

    int parallelism() {
        return readers.size();
    }

    private void deliverToEnumerator(int subtask) {
        Object message = context.channel(subtask).nextToEnumerator();
        if (message != null) {
            enumerator.handleSourceEvent(subtask, (SourceEvent) message);
            context.runQueued();
        }
    }

    private void deliverToReader(SimulatedReader reader) {
        Object message = context.channel(reader.subtask).nextToReader();
        if (message instanceof SimulatedContext.Barrier barrier) {
            if (pendingReaders != null && barrier.checkpoint() == checkpointId) {
                pendingReaders[reader.subtask] = reader.snapshot();
                completeIfWhole();
            }
        } else if (message != null) {
            long before = reader.watermark();
            reader.handle(message);
            if (reader.watermark() != before) {
                onWatermark(reader.watermark());
            }
        }
    }

    private void beginCheckpoint() {
        if (pendingReaders != null) {
            return;
        }
        checkpointId++;
        pendingEnumerator = write(enumerator.snapshotState(checkpointId));
        context.beginCheckpoint(checkpointId);
        pendingReaders = new SimulatedReader.State[readers.size()];
        // What the coordinator sends from now on comes after the barriers.
        IntStream.range(0, readers.size())
                .forEach(
                        i ->
                                context.channel(i)
                                        .toReader(new SimulatedContext.Barrier(checkpointId)));
    }

    private void completeIfWhole() {
        for (SimulatedReader.State state : pendingReaders) {
            if (state == null) {
                return;
            }
        }
        completed = new Checkpoint(checkpointId, pendingEnumerator, List.of(pendingReaders));
        context.tracker().onCheckpointComplete(checkpointId);
        pendingReaders = null;
    }

    /** One task fails, and with it those that Flink restarts together with it. */
    private void fail(int subtask) {
        restarts++;
        pendingReaders = null;
        List<Integer> restarted = new ArrayList<>();
        if (oneRegion) {
            IntStream.range(0, readers.size()).forEach(restarted::add);
            Collections.shuffle(restarted, random);
        } else {
            restarted.add(subtask);
        }
        for (int each : restarted) {
            context.unregister(each);
            context.channel(each).clear();
            enumerator.addSplitsBack(
                    context.tracker()
                            .getAndRemoveUncheckpointedAssignment(
                                    each, completed == null ? 0 : completed.id),
                    each);
            context.runQueued();
        }
        for (int each : restarted) {
            if (random.nextBoolean()) {
                context.tick();
            }
            startReader(
                    each,
                    completed == null ? SimulatedReader.State.EMPTY : completed.readers.get(each));
        }
    }

    /** The JobManager is lost, or the job is started again from its last checkpoint. */
    private void failGlobally(int parallelism) {
        restarts++;
        pendingReaders = null;
        enumerator.close();
        if (completed == null) {
            start(parallelism, null, List.of());
            return;
        }
        List<SimulatedReader.State> states =
                SimulatedReader.State.redistribute(completed.readers, parallelism, random);
        completed = new Checkpoint(completed.id, completed.enumerator, states);
        start(parallelism, completed.enumerator, states);
    }

    private static byte[] write(EnumeratorState state) {
        try {
            return new EnumeratorStateSerializer().serialize(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EnumeratorState read(byte[] state) {
        try {
            return new EnumeratorStateSerializer().deserialize(1, state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
