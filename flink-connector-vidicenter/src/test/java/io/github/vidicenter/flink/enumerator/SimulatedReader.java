package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.event.ReaderHello;
import io.github.vidicenter.flink.event.SplitsFinished;
import io.github.vidicenter.flink.event.TimeReached;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.LocalTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A reader and what stands behind it in a {@link SimulatedJob}: it emits the rows of its splits in
 * any order, some at a time, into a ledger that checkpoints cover.
 */
final class SimulatedReader {

    private static final long MINUTE = 60_000;

    /** One row of the truth: there is one for each location every 20 minutes. */
    record Row(long location, long time) {}

    /**
     * @param splits that are held, with the rows of each that are still to come
     * @param ledger rows that came out
     * @param watermark up to which windows behind the reader have closed
     */
    record State(Map<ExportSplit, List<Row>> splits, List<Row> ledger, long watermark) {

        static final State EMPTY = new State(Map.of(), List.of(), Long.MIN_VALUE);

        static List<State> redistribute(List<State> states, int parallelism, Random random) {
            List<State> result = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                // Behind several readers the slowest counts.
                long closed = states.stream().mapToLong(State::watermark).min().orElseThrow();
                result.add(new State(new LinkedHashMap<>(), new ArrayList<>(), closed));
            }
            for (State state : states) {
                state.splits.forEach(
                        (split, rows) ->
                                result.get(random.nextInt(parallelism)).splits.put(split, rows));
                result.get(0).ledger.addAll(state.ledger);
            }
            return result;
        }
    }

    final int subtask;
    private final long epoch;
    private final VidiCenterConfig config;
    private final Random random;
    private final Map<ExportSplit, List<Row>> splits = new LinkedHashMap<>();
    private final List<Row> ledger;
    private long watermark;

    SimulatedReader(int subtask, long epoch, VidiCenterConfig config, State state, Random random) {
        this.subtask = subtask;
        this.epoch = epoch;
        this.config = config;
        this.random = random;
        state.splits.forEach((split, rows) -> splits.put(split, new ArrayList<>(rows)));
        ledger = new ArrayList<>(state.ledger);
        watermark = state.watermark;
    }

    static List<Row> truth(VidiCenterConfig config) {
        long start = LocalTimes.toMillis(config.scan().start().resolve(null));
        long end = LocalTimes.toMillis(config.scan().end().resolve(null));
        return rows(config.selection().ids(Selection.Kind.LOCATIONS), start, end);
    }

    private static List<Row> rows(List<Long> locations, long start, long end) {
        List<Row> rows = new ArrayList<>();
        for (long location : locations) {
            for (long time = start; time < end; time += 20 * MINUTE) {
                rows.add(new Row(location, time));
            }
        }
        return rows;
    }

    void start(SimulatedContext.Channel channel) {
        channel.toEnumerator(
                new ReaderHello(
                        epoch,
                        splits.keySet().stream()
                                .map(s -> new ReaderHello.HeldSplit(s.splitId(), s.start()))
                                .toList()));
    }

    void handle(Object message) {
        if (message instanceof ExportSplit split) {
            List<Row> rows = new ArrayList<>();
            for (ExportPart part : split.parts()) {
                rows.addAll(
                        rows(
                                part.selection().ids(Selection.Kind.LOCATIONS),
                                part.start(),
                                part.end()));
            }
            splits.put(split, rows);
        } else if (message instanceof TimeReached reached) {
            watermark = Math.max(watermark, reached.localMillis());
        } else {
            throw new AssertionError("not for a reader: " + message);
        }
    }

    /** Some rows of some split, or its end. */
    void emitSomething(SimulatedContext.Channel channel) {
        if (splits.isEmpty()) {
            return;
        }
        ExportSplit split = new ArrayList<>(splits.keySet()).get(random.nextInt(splits.size()));
        List<Row> left = splits.get(split);
        for (int i = random.nextInt(4); i > 0 && !left.isEmpty(); i--) {
            Row row = left.remove(random.nextInt(left.size()));
            if (row.time < watermark) {
                throw new AssertionError(row + " is late: the watermark is at " + watermark);
            }
            ledger.add(row);
        }
        if (left.isEmpty()) {
            splits.remove(split);
            channel.toEnumerator(new SplitsFinished(epoch, List.of(split.splitId()), 0));
        }
    }

    State snapshot() {
        Map<ExportSplit, List<Row>> copy = new LinkedHashMap<>();
        splits.forEach((split, rows) -> copy.put(split, List.copyOf(rows)));
        return new State(copy, List.copyOf(ledger), watermark);
    }

    List<Row> ledger() {
        return ledger;
    }

    /** Exclusive. */
    long watermark() {
        return watermark;
    }
}
