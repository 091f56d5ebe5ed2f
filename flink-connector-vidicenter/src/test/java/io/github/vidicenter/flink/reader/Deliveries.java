package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.client.ExportBody;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.table.data.RowData;

/**
 * What a reader does between the download of exports and the rows that the task emits, without its
 * threads: for tests that take one row after the other, and checkpoints in between.
 */
public final class Deliveries {

    /** An export as the server hands it out. */
    public record Download(byte[] json, String creationDate) {}

    private static final ReaderMetrics METRICS =
            new ReaderMetrics(
                    InternalSourceReaderMetricGroup.mock(
                            UnregisteredMetricsGroup.createOperatorMetricGroup()));

    private final VidiCenterConfig config;
    private final VidiCenterDeserializer<RowData> deserializer;
    private final Function<ExportSplit, Download> server;
    private final Map<String, SplitState> states = new LinkedHashMap<>();
    private final Map<String, ExportBatch<RowData>> batches = new HashMap<>();

    /**
     * @param server answers what a split, as far as it is, asks for
     */
    public Deliveries(
            VidiCenterConfig config,
            VidiCenterDeserializer<RowData> deserializer,
            Function<ExportSplit, Download> server) {
        this.config = config;
        this.deserializer = deserializer;
        this.server = server;
    }

    /** Takes a split; of a ledger also what it holds. */
    public void add(ExportSplit split) {
        ExportSplit.unpack(List.of(split)).forEach(this::put);
    }

    private void put(ExportSplit split) {
        states.put(split.splitId(), new SplitState(split));
    }

    /** What is held, as a checkpoint takes it, one by one. */
    public List<ExportSplit> splits() {
        return states.values().stream().map(SplitState::toSplit).toList();
    }

    /** What a checkpoint holds: with a ledger, all that the reader has goes with it. */
    public List<ExportSplit> snapshot() {
        return ExportSplit.pack(splits());
    }

    /** As the time goes on, see {@code TimeReached}. */
    public void forgetBefore(long time) {
        if (states.containsKey(ExportSplit.LEDGER_ID)) {
            states.get(ExportSplit.LEDGER_ID).fingerprints().forgetBefore(time);
        }
    }

    /** Emits the next row of a split; null: there was none left, and the split has ended. */
    public RowData next(String splitId) {
        SplitState state = states.get(splitId);
        ExportBatch<RowData> batch = batches.computeIfAbsent(splitId, id -> download(state));
        ExportElement<RowData> element = batch.nextRecordFromSplit();
        if (element != null) {
            state.emitted(element.rowHash, element.keyHash);
            return element.row;
        }
        batches.remove(splitId);
        states.remove(splitId);
        return null;
    }

    private ExportBatch<RowData> download(SplitState state) {
        ExportSplit split = state.toSplit();
        Download download = server.apply(split);
        SplitState ledger = states.get(ExportSplit.LEDGER_ID);
        var windows = config.windows(split.scanStart(), split.scanEnd());
        Changes changes =
                ledger == null
                        ? null
                        : Changes.of(
                                ledger.fingerprints(),
                                windows,
                                split,
                                config.scan().refreshLookback().toMillis(),
                                METRICS);
        List<ExportPart> parts = new ArrayList<>(split.parts());
        ExportBatch<RowData> batch = ExportBatch.forRows(split.splitId());
        try (ExportDelivery<RowData> delivery =
                ExportDelivery.open(
                        parts.get(0),
                        new Answer.Finished(body(download.json()), download.creationDate(), true),
                        deserializer,
                        windows,
                        changes,
                        METRICS)) {
            parts.set(0, delivery.part());
            state.update(parts);
            if (delivery.fill(batch) || parts.size() > 1) {
                throw new AssertionError("more than a batch of rows");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        batch.then(state, List.of());
        return changes == null ? batch : batch.andThen(changes::commit);
    }

    private static ExportBody body(byte[] json) {
        return new ExportBody() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(json);
            }

            @Override
            public long bytes() {
                return json.length;
            }

            @Override
            public void close() {}
        };
    }
}
