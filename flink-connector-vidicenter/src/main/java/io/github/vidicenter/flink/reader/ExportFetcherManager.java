package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.split.ExportSplit;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherManager;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/**
 * One fetcher, with its thread, for each split: while one export is downloaded and decoded others
 * are built. The enumerator gives a reader only as many splits as the account can build, so these
 * are few.
 */
final class ExportFetcherManager<T> extends SplitFetcherManager<ExportElement<T>, ExportSplit> {

    ExportFetcherManager(
            Supplier<SplitReader<ExportElement<T>, ExportSplit>> readers, Configuration config) {
        super(readers, config);
    }

    @Override
    public void addSplits(List<ExportSplit> splits) {
        // Flink looks for those only when nothing is left to emit: under backpressure, never.
        maybeShutdownFinishedFetchers();
        for (ExportSplit split : splits) {
            if (split.isLedger()) {
                // There is nothing to fetch.
                continue;
            }
            SplitFetcher<ExportElement<T>, ExportSplit> fetcher = createSplitFetcher();
            fetcher.addSplits(List.of(split));
            startFetcher(fetcher);
        }
    }

    @Override
    public void removeSplits(List<ExportSplit> splits) {
        throw new UnsupportedOperationException("a split is read to its end");
    }
}
