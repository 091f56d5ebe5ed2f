package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.OptionValues.refuse;
import static io.github.vidicenter.flink.config.OptionValues.text;
import static io.github.vidicenter.flink.config.VidiCenterOptions.EXPORT_REUSE_CACHED;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_REFRESH_INTERVAL;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_REFRESH_LOOKBACK;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.schema.DataType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.api.ValidationException;

/** Reads what is read again ({@code scan.refresh.*}), and refuses it where it can't be. */
public final class RefreshReader {

    private RefreshReader() {}

    /**
     * @param end null: the scan has none
     * @return null: nothing is read again
     */
    static Duration lookback(OptionValues options, ExportKind kind, ScanBound end) {
        if (!options.isSet(SCAN_REFRESH_LOOKBACK)) {
            return null;
        }
        Duration lookback = options.positiveDuration(SCAN_REFRESH_LOOKBACK);
        boolean grid =
                DataType.find(kind.dataType())
                        .filter(type -> type.grid(kind.resolution(), kind.groupByDemographics()))
                        .isPresent();
        if (!grid) {
            throw refuse(
                    SCAN_REFRESH_LOOKBACK,
                    text(lookback),
                    "needs rows that form a full grid, so that a later export replaces an earlier one, and 'data-type' = '%s' at 'time-resolution' = '%s' has none: leave it out, or choose an aggregated export with rows by location or site and time."
                            .formatted(kind.dataType(), kind.resolution()));
        }
        if (end != null) {
            throw refuse(
                    SCAN_REFRESH_LOOKBACK,
                    text(lookback),
                    "is for scans that keep going, and this one ends, by 'scan.end' or in batch mode: leave one of them out.");
        }
        if (options.get(EXPORT_REUSE_CACHED)) {
            throw refuse(
                    EXPORT_REUSE_CACHED,
                    "true",
                    "takes old exports as they are, and 'scan.refresh.lookback' replaces them: leave one of them out.");
        }
        return lookback;
    }

    static Duration interval(OptionValues options) {
        return options.positiveDuration(SCAN_REFRESH_INTERVAL);
    }

    /**
     * Checks that a table that is refreshed has the key by which later rows replace earlier ones.
     *
     * @param primaryKey columns of the primary key; empty: none is declared
     * @throws ValidationException if it is not the natural key of the rows
     */
    public static void checkPrimaryKey(List<String> primaryKey, VidiCenterConfig config) {
        if (config.scan().refreshLookback() == null) {
            return;
        }
        ExportKind kind = config.kind();
        List<String> naturalKey =
                DataType.find(kind.dataType())
                        .orElseThrow()
                        .naturalKey(kind.resolution(), kind.groupByDemographics());
        if (!Set.copyOf(primaryKey).equals(Set.copyOf(naturalKey))) {
            throw refuse(
                    SCAN_REFRESH_LOOKBACK,
                    text(config.scan().refreshLookback()),
                    "makes later rows replace earlier ones with the same primary key, and the table %s. Declare PRIMARY KEY (%s) NOT ENFORCED, which tells the rows of the export apart."
                            .formatted(
                                    primaryKey.isEmpty()
                                            ? "has none"
                                            : "declares ("
                                                    + String.join(", ", new TreeSet<>(primaryKey))
                                                    + ")",
                                    String.join(", ", naturalKey)));
        }
    }
}
