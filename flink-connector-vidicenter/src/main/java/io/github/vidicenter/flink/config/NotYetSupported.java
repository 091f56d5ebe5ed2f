package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.VidiCenterOptions.ALL_LOCATIONS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.LOCATIONS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_REFRESH_INTERVAL;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_REFRESH_LOOKBACK;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_WINDOW_UPLOAD_TIMEOUT;
import static io.github.vidicenter.flink.config.VidiCenterOptions.TIME_ZONE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.ZONE_OF_LOCATION;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;

/** Refuses what needs the topology, which this version does not read. */
final class NotYetSupported {

    private NotYetSupported() {}

    static void refuseIn(OptionValues options) {
        refuseValue(options, LOCATIONS, ALL_LOCATIONS, "list the ids of the locations");
        refuseValue(options, TIME_ZONE, ZONE_OF_LOCATION, "name one zone, such as 'Europe/Paris'");
        for (ConfigOption<?> option :
                List.of(SCAN_WINDOW_UPLOAD_TIMEOUT, SCAN_REFRESH_LOOKBACK, SCAN_REFRESH_INTERVAL)) {
            if (options.isSet(option)) {
                throw new ValidationException(
                        "'" + option.key() + "' is not supported in this version: leave it out.");
            }
        }
    }

    private static void refuseValue(
            OptionValues options, ConfigOption<String> option, String value, String remedy) {
        if (options.find(option).filter(given -> given.strip().equals(value)).isPresent()) {
            throw OptionValues.refuse(
                    option, value, "is not supported in this version: " + remedy + ".");
        }
    }
}
