package io.github.vidicenter.flink.table;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.DividedList;
import io.github.vidicenter.flink.config.ScanBound;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.enumerator.NeededSpan;
import io.github.vidicenter.flink.schema.DataType;
import io.github.vidicenter.flink.window.LocalTimes;
import io.github.vidicenter.flink.window.WindowGrid;
import java.util.OptionalLong;

/** How many rows a scan has, where that follows from its options. */
final class RowCount {

    /** Gender and age: 3 × 5 rows for each bucket. */
    private static final int DEMOGRAPHICS = 15;

    private RowCount() {}

    /** Known of full grids: a row for each id and bucket. */
    static OptionalLong of(VidiCenterConfig config) {
        ExportKind kind = config.kind();
        boolean grid =
                DataType.find(kind.dataType())
                        .filter(type -> type.grid(kind.resolution(), kind.groupByDemographics()))
                        .isPresent();
        if (!grid
                || config.scan().allLocations()
                || DividedList.column(config).isEmpty()
                || !(config.scan().start() instanceof ScanBound.At start)
                || !(config.scan().end() instanceof ScanBound.At end)) {
            return OptionalLong.empty();
        }
        WindowGrid windows =
                config.windows(LocalTimes.toMillis(start.time()), LocalTimes.toMillis(end.time()));
        NeededSpan needed = NeededSpan.of(config, windows);
        Selection.Kind ids = DividedList.of(config);
        long rows =
                windows.buckets(needed.from(), needed.until())
                        * config.selection().ids(ids).size()
                        * (kind.groupByDemographics() ? DEMOGRAPHICS : 1);
        return OptionalLong.of(Math.min(rows, config.narrowing().limit()));
    }
}
