package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.enumerator.SimulatedData.Place;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.window.LocalTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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

    /** A reader is told within so many ticks of the coordinator: within a second. */
    private static final int TICKS_OF_A_SECOND = 10;

    /** What a completed checkpoint holds. */
    private record Checkpoint(long id, byte[] enumerator, List<SimulatedReader.State> readers) {}

    private final VidiCenterConfig config;
    final SimulatedData data;
    final JumpingClock clock;
    private final Random random;
    private final boolean oneRegion;
    private final boolean asksTopology;
    private final long scanStart;
    private final SimulatedTopology topology = new SimulatedTopology();

    private SimulatedContext context;
    private VidiCenterEnumerator enumerator;
    private List<SimulatedReader> readers;
    private Checkpoint completed;
    private long checkpointId;
    private long epochs;
    private long rowsOut;

    // A checkpoint under way: the coordinator's part, and those of the readers so far.
    private byte[] pendingEnumerator;
    private SimulatedReader.State[] pendingReaders;

    int restarts;
    int watermarks;

    SimulatedJob(
            VidiCenterConfig config,
            SimulatedData data,
            JumpingClock clock,
            Random random,
            int parallelism) {
        this.config = config;
        this.data = data;
        this.clock = clock;
        this.random = random;
        this.oneRegion = random.nextBoolean();
        this.asksTopology =
                config.scan().refreshLookback() != null || config.scan().uploadTimeout() != null;
        this.scanStart = LocalTimes.toMillis(config.scan().start().resolve(null));
        start(parallelism, null, List.of());
    }

    private void start(int parallelism, byte[] state, List<SimulatedReader.State> readerStates) {
        EnumeratorState restored = state == null ? null : read(state);
        context = new SimulatedContext(parallelism);
        // What the job takes for its own start has to be right: uploads are compared with it.
        clock.steady(restored == null);
        topology.locations = data.topology();
        enumerator =
                new VidiCenterEnumerator(
                        context,
                        restored == null
                                ? ScanPlan.begin(config, clock)
                                : ScanPlan.resume(config, restored, clock),
                        new AccountQuota(() -> topology.nanos),
                        asksTopology ? topology.access() : SimulatedTopology.NONE,
                        restored);
        clock.steady(false);
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
        SimulatedReader reader =
                new SimulatedReader(
                        subtask, ++epochs, config, data, state, () -> ++rowsOut, random);
        readers.set(subtask, reader);
        context.channel(subtask).clear();
        reader.start(context.channel(subtask));
        context.register(subtask);
        enumerator.addReader(subtask);
    }

    /** Something happens. */
    void step() {
        int choice = random.nextInt(110);
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
        } else if (choice == 99) {
            failGlobally(1 + random.nextInt(4));
        } else if (choice < 105) {
            pass(Duration.ofSeconds(random.nextInt(1_200)));
        } else if (choice < 107) {
            clock.jump();
        } else {
            upload();
        }
    }

    private void pass(Duration time) {
        clock.pass(time);
        topology.nanos += time.toNanos();
    }

    /** In a second of its own, since the topology counts in seconds. */
    private void upload() {
        pass(Duration.ofSeconds(1));
        long end = Math.max(scanStart, now()) - random.nextInt(6) * SimulatedData.STEP;
        long start = end - (1 + random.nextInt(6)) * SimulatedData.STEP;
        data.upload(aligned(start), aligned(end), clock.truth());
        topology.locations = data.topology();
        pass(Duration.ofSeconds(1));
    }

    /** Local time. */
    long now() {
        return LocalTimes.toMillis(LocalDateTime.ofInstant(clock.truth(), ZoneOffset.UTC));
    }

    private long aligned(long time) {
        return Math.max(scanStart, Math.floorDiv(time, SimulatedData.STEP) * SimulatedData.STEP);
    }

    /**
     * Everything that is under way arrives, and nothing fails. Windows close within a second after
     * their last export is read.
     */
    void settle() {
        clock.steady(true);
        Deque<long[]> promised = new ArrayDeque<>();
        long told = scanStart;
        for (int round = 0; round < 20_000 && !isOver(); round++) {
            settleOnce();
            long closable = closable();
            if (closable > told) {
                told = closable;
                promised.add(new long[] {round + TICKS_OF_A_SECOND, closable});
            }
            while (!promised.isEmpty() && promised.peek()[0] <= round) {
                long time = promised.poll()[1];
                for (SimulatedReader reader : readers) {
                    if (reader.watermark() < time) {
                        throw new AssertionError(
                                "all before %d is read for a second, and reader %d is at %d"
                                        .formatted(time, reader.subtask, reader.watermark()));
                    }
                }
            }
        }
        readers.forEach(this::deliverAllToReader);
    }

    /** The same for so long, and until all that came up has arrived. */
    void settle(Duration time) {
        clock.steady(true);
        for (long minute = 0; minute < time.toMinutes(); minute++) {
            pass(Duration.ofMinutes(1));
            arrive();
        }
        arrive();
    }

    private void arrive() {
        int quiet = 0;
        for (int round = 0; round < 20_000 && quiet < 3; round++) {
            settleOnce();
            boolean idle =
                    readers.stream()
                            .allMatch(
                                    reader ->
                                            reader.exports().isEmpty()
                                                    && context.channel(reader.subtask).isEmpty());
            quiet = idle ? quiet + 1 : 0;
        }
    }

    /** A message takes no longer than a tick. */
    private void settleOnce() {
        context.tick();
        for (SimulatedReader reader : readers) {
            SimulatedContext.Channel channel = context.channel(reader.subtask);
            while (channel.holdsForEnumerator()) {
                deliverToEnumerator(reader.subtask);
            }
            deliverAllToReader(reader);
            reader.emitSomething(channel);
        }
    }

    private void deliverAllToReader(SimulatedReader reader) {
        while (context.channel(reader.subtask).holdsForReader()) {
            deliverToReader(reader);
        }
    }

    /** The earliest time that a place has whose export is not read to its end. */
    private long closable() {
        Set<Place> finished = new HashSet<>();
        readers.forEach(reader -> finished.addAll(reader.finished()));
        return truth().stream()
                .filter(place -> !finished.contains(place))
                .mapToLong(Place::time)
                .min()
                .orElse(scanEnd());
    }

    boolean isOver() {
        return readers.stream().allMatch(reader -> context.toldOfEnd(reader.subtask));
    }

    /** Rows that came out of the job, each as often as it came. */
    List<SimulatedReader.Row> emitted() {
        return readers.stream().flatMap(reader -> reader.ledger().stream()).toList();
    }

    /** All places of a scan that has an end. */
    List<Place> truth() {
        return data.places(scanStart, scanEnd());
    }

    private long scanEnd() {
        return LocalTimes.toMillis(config.scan().end().resolve(null));
    }

    /** What who takes later rows for updates of earlier ones has in the end. */
    Map<Place, Integer> view() {
        Map<Place, Integer> view = new HashMap<>();
        emitted().stream()
                .sorted(Comparator.comparingLong(SimulatedReader.Row::order))
                .forEach(row -> view.put(row.place(), row.value()));
        return view;
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
        Set<Place> out = new HashSet<>();
        emitted().forEach(row -> out.add(row.place()));
        for (Place place : data.places(scanStart, time)) {
            if (!out.contains(place)) {
                throw new AssertionError("watermark " + time + " before " + place);
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
