package io.github.vidicenter.flink.topology;

import io.github.vidicenter.flink.client.TopologyApi;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/** Fetches the list as a whole, without what was emitted before a restore. */
final class TopologySplitReader implements SplitReader<ListReading.Entry, TopologySplit> {

    private final ListReading reading;
    private final TopologyApi api;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private TopologySplit split;

    TopologySplitReader(ListReading reading, TopologyApi api) {
        this.reading = reading;
        this.api = api;
    }

    @Override
    public RecordsWithSplitIds<ListReading.Entry> fetch() throws IOException {
        RecordsBySplits.Builder<ListReading.Entry> records = new RecordsBySplits.Builder<>();
        if (split == null) {
            return records.build();
        }
        try {
            List<ListReading.Entry> entries = reading.read(api, closed);
            if (entries != null) {
                for (ListReading.Entry entry : entries) {
                    if (entry.id() > split.lastId() || split.equals(TopologySplit.WHOLE)) {
                        records.add(split, entry);
                    }
                }
                records.addFinishedSplit(split.splitId());
                split = null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return records.build();
    }

    @Override
    public void handleSplitsChanges(SplitsChange<TopologySplit> change) {
        split = change.splits().get(0);
    }

    /** There is one split, given before the first fetch: woken up it is only to end. */
    @Override
    public void wakeUp() {
        closed.complete(null);
    }

    @Override
    public void close() {
        closed.complete(null);
    }
}
