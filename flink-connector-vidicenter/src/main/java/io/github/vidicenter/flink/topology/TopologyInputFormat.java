package io.github.vidicenter.flink.topology;

import io.github.vidicenter.flink.client.TopologyApi;
import io.github.vidicenter.flink.format.ListRowReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.io.DefaultInputSplitAssigner;
import org.apache.flink.api.common.io.InputFormat;
import org.apache.flink.api.common.io.statistics.BaseStatistics;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.io.GenericInputSplit;
import org.apache.flink.core.io.InputSplitAssigner;
import org.apache.flink.table.data.RowData;

/**
 * Reads a list into Flink's full lookup cache, which takes nothing but input formats. Each (re)load
 * is one call.
 */
public final class TopologyInputFormat implements InputFormat<RowData, GenericInputSplit> {

    private static final long serialVersionUID = 1L;

    private final TopologyConfig config;
    private final ListRowReader reader;
    private transient Iterator<ListReading.Entry> rows;

    public TopologyInputFormat(TopologyConfig config, ListRowReader reader) {
        this.config = config;
        this.reader = reader;
    }

    @Override
    public void configure(Configuration parameters) {}

    @Override
    public BaseStatistics getStatistics(BaseStatistics cached) {
        return cached;
    }

    @Override
    public GenericInputSplit[] createInputSplits(int minimum) {
        return new GenericInputSplit[] {new GenericInputSplit(0, 1)};
    }

    @Override
    public InputSplitAssigner getInputSplitAssigner(GenericInputSplit[] splits) {
        return new DefaultInputSplitAssigner(splits);
    }

    @Override
    public void open(GenericInputSplit split) throws IOException {
        try (TopologyApi api = config.open();
                JvmPermits permits = new JvmPermits(config)) {
            List<ListReading.Entry> entries =
                    new ListReading(config, reader, permits).read(api, new CompletableFuture<>());
            rows = entries.iterator();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while loading " + config.table().tableName(), e);
        }
    }

    @Override
    public boolean reachedEnd() {
        return !rows.hasNext();
    }

    @Override
    public RowData nextRecord(RowData reuse) {
        return rows.next().row();
    }

    @Override
    public void close() {
        rows = null;
    }
}
