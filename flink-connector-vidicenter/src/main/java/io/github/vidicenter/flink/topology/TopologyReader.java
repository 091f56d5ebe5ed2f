package io.github.vidicenter.flink.topology;

import io.github.vidicenter.flink.client.TopologyApi;
import io.github.vidicenter.flink.event.PermitGranted;
import io.github.vidicenter.flink.format.ListRowReader;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.table.data.RowData;

/** Emits the list, row by row in the order of ids, so that it can go on behind any of them. */
final class TopologyReader
        extends SingleThreadMultiplexSourceReaderBase<
                ListReading.Entry, RowData, TopologySplit, TopologyReader.Progress> {

    private final TopologyApi api;
    private final CoordinatorPermits permits;

    /** How far the list is emitted. */
    static final class Progress {
        private long lastId;
    }

    private TopologyReader(
            TopologyConfig config,
            ListRowReader rows,
            TopologyApi api,
            CoordinatorPermits permits,
            SourceReaderContext context) {
        super(
                () -> new TopologySplitReader(new ListReading(config, rows, permits), api),
                (entry, output, progress) -> {
                    output.collect(entry.row());
                    progress.lastId = entry.id();
                },
                context.getConfiguration(),
                context);
        this.api = api;
        this.permits = permits;
    }

    static TopologyReader create(
            TopologyConfig config, ListRowReader rows, SourceReaderContext context) {
        CoordinatorPermits permits =
                new CoordinatorPermits(
                        ThreadLocalRandom.current().nextLong(),
                        context::sendSourceEventToCoordinator);
        return new TopologyReader(config, rows, config.open(), permits, context);
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof PermitGranted granted) {
            permits.granted(granted);
        } else {
            throw new IllegalArgumentException("not an event of this source: " + event);
        }
    }

    @Override
    protected void onSplitFinished(Map<String, Progress> finished) {}

    @Override
    protected Progress initializedState(TopologySplit split) {
        Progress progress = new Progress();
        progress.lastId = split.lastId();
        return progress;
    }

    @Override
    protected TopologySplit toSplitType(String splitId, Progress progress) {
        return new TopologySplit(progress.lastId);
    }

    @Override
    public void close() throws Exception {
        api.abort();
        try {
            super.close();
        } finally {
            api.close();
        }
    }
}
