package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_REFRESH_INTERVAL;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_REFRESH_LOOKBACK;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;

/** Refuses what this version does not do. */
final class NotYetSupported {

    private NotYetSupported() {}

    static void refuseIn(OptionValues options) {
        for (ConfigOption<?> option : List.of(SCAN_REFRESH_LOOKBACK, SCAN_REFRESH_INTERVAL)) {
            if (options.isSet(option)) {
                throw new ValidationException(
                        "'" + option.key() + "' is not supported in this version: leave it out.");
            }
        }
    }
}
