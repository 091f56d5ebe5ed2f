package io.github.vidicenter.flink.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.split.ExportSplit;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExportFetcherManagerTest {

    /** Though the reader always has rows to emit, and so never looks for them itself. */
    @Test
    @Timeout(60)
    void fetchersOfFinishedSplitsEndWhenOthersCome() throws Exception {
        ExportFetcherManager<String> fetchers =
                new ExportFetcherManager<>(EmptySplit::new, new Configuration());
        for (int i = 0; i < 20; i++) {
            String id = "split " + i;
            fetchers.addSplits(List.of(new ExportSplit(id, 0, 0, Long.MAX_VALUE, List.of(), null)));
            while (!finishes(fetchers, id)) {
                Thread.onSpinWait();
            }
        }
        while (fetchers.getNumAliveFetchers() > 0) {
            fetchers.addSplits(List.of());
        }
        fetchers.close(10_000);
        assertThat(fetchers.getNumAliveFetchers()).isZero();
    }

    private static boolean finishes(ExportFetcherManager<String> fetchers, String id) {
        RecordsWithSplitIds<ExportElement<String>> batch = fetchers.getQueue().poll();
        return batch != null && batch.finishedSplits().contains(id);
    }

    private static final class EmptySplit
            implements SplitReader<ExportElement<String>, ExportSplit> {
        private String split;

        @Override
        public RecordsWithSplitIds<ExportElement<String>> fetch() {
            RecordsBySplits.Builder<ExportElement<String>> batch = new RecordsBySplits.Builder<>();
            batch.addFinishedSplits(Set.of(split));
            return batch.build();
        }

        @Override
        public void handleSplitsChanges(SplitsChange<ExportSplit> change) {
            split = change.splits().get(0).splitId();
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }
}
