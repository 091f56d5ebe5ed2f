package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.toMillis;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.enumerator.SimulatedData.Place;
import io.github.vidicenter.flink.event.ReaderHello;
import io.github.vidicenter.flink.event.SplitsFinished;
import io.github.vidicenter.flink.event.TimeReached;
import io.github.vidicenter.flink.format.FieldSource;
import io.github.vidicenter.flink.format.RowDataDeserializer;
import io.github.vidicenter.flink.reader.Deliveries;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.split.ExportSplitSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/**
 * A reader and what stands behind it in a {@link SimulatedJob}: it emits the rows of its splits,
 * some at a time, into a ledger that checkpoints cover.
 */
final class SimulatedReader {

    private static final ExportSplitSerializer SERIALIZER = new ExportSplitSerializer();

    private static final RowType ROW =
            (RowType)
                    DataTypes.ROW(
                                    DataTypes.FIELD("location_id", DataTypes.BIGINT()),
                                    DataTypes.FIELD("period_start", DataTypes.TIMESTAMP(3)),
                                    DataTypes.FIELD("watcher_count", DataTypes.INT()))
                            .getLogicalType();

    /**
     * A row that came out.
     *
     * @param order among all rows of all readers
     */
    record Row(Place place, int value, long order) {}

    /**
     * @param splits that are held
     * @param ledger rows that came out, in order
     * @param finished places whose splits have ended
     * @param watermark up to which windows behind the reader have closed
     */
    record State(List<byte[]> splits, List<Row> ledger, List<Place> finished, long watermark) {

        static final State EMPTY = new State(List.of(), List.of(), List.of(), Long.MIN_VALUE);

        static List<State> redistribute(List<State> states, int parallelism, Random random) {
            List<State> result = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                // Behind several readers the slowest counts.
                long closed = states.stream().mapToLong(State::watermark).min().orElseThrow();
                result.add(
                        new State(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), closed));
            }
            for (State state : states) {
                state.splits.forEach(
                        split -> result.get(random.nextInt(parallelism)).splits.add(split));
                result.get(0).ledger.addAll(state.ledger);
                result.get(0).finished.addAll(state.finished);
            }
            return result;
        }
    }

    final int subtask;
    private final long epoch;
    private final Random random;
    private final LongSupplier order;
    private final Deliveries deliveries;
    private final List<Row> ledger;
    private final List<Place> finished;
    private long watermark;

    SimulatedReader(
            int subtask,
            long epoch,
            VidiCenterConfig config,
            SimulatedData data,
            State state,
            LongSupplier order,
            Random random) {
        this.subtask = subtask;
        this.epoch = epoch;
        this.random = random;
        this.order = order;
        this.deliveries = new Deliveries(config, deserializer(config), data::download);
        state.splits.forEach(split -> deliveries.add(read(split)));
        ledger = new ArrayList<>(state.ledger);
        finished = new ArrayList<>(state.finished);
        watermark = state.watermark;
    }

    private static RowDataDeserializer deserializer(VidiCenterConfig config) {
        List<FieldSource> fields = new ArrayList<>();
        ROW.getFieldNames().forEach(name -> fields.add(FieldSource.key(name)));
        return new RowDataDeserializer(ROW, fields, config);
    }

    void start(SimulatedContext.Channel channel) {
        channel.toEnumerator(
                new ReaderHello(
                        epoch,
                        deliveries.splits().stream()
                                .map(s -> new ReaderHello.HeldSplit(s.splitId(), s.start()))
                                .toList()));
    }

    void handle(Object message) {
        if (message instanceof ExportSplit split) {
            deliveries.add(read(write(split)));
        } else if (message instanceof TimeReached reached) {
            watermark = Math.max(watermark, reached.localMillis());
            deliveries.forgetBefore(reached.keepFrom());
        } else {
            throw new AssertionError("not for a reader: " + message);
        }
    }

    /** Some rows of some split, or its end. */
    void emitSomething(SimulatedContext.Channel channel) {
        List<ExportSplit> exports = exports();
        if (exports.isEmpty()) {
            return;
        }
        ExportSplit split = exports.get(random.nextInt(exports.size()));
        for (int i = random.nextInt(4); i >= 0; i--) {
            RowData row = deliveries.next(split.splitId());
            if (row == null) {
                finish(split, channel);
                return;
            }
            emit(row, split.isRefresh());
        }
    }

    private void emit(RowData row, boolean correction) {
        Place place = new Place(row.getLong(0), toMillis(row.getTimestamp(1, 3).toLocalDateTime()));
        if (!correction && place.time() < watermark) {
            throw new AssertionError(place + " is late: the watermark is at " + watermark);
        }
        ledger.add(new Row(place, row.getInt(2), order.getAsLong()));
    }

    private void finish(ExportSplit split, SimulatedContext.Channel channel) {
        split.parts()
                .forEach(
                        part ->
                                finished.addAll(
                                        SimulatedData.places(
                                                part.selection(), part.start(), part.end())));
        channel.toEnumerator(new SplitsFinished(epoch, List.of(split.splitId()), 0));
    }

    List<ExportSplit> exports() {
        return deliveries.splits().stream().filter(split -> !split.isLedger()).toList();
    }

    State snapshot() {
        return new State(
                deliveries.snapshot().stream().map(SimulatedReader::write).toList(),
                List.copyOf(ledger),
                List.copyOf(finished),
                watermark);
    }

    List<Row> ledger() {
        return ledger;
    }

    List<Place> finished() {
        return finished;
    }

    /** Exclusive. */
    long watermark() {
        return watermark;
    }

    private static byte[] write(ExportSplit split) {
        try {
            return SERIALIZER.serialize(split);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExportSplit read(byte[] split) {
        try {
            return SERIALIZER.deserialize(SERIALIZER.getVersion(), split);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
