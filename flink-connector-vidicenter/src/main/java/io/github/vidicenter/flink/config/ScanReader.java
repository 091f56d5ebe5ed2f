package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.OptionValues.refuse;
import static io.github.vidicenter.flink.config.VidiCenterOptions.AUTO;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_LOCATIONS_PER_EXPORT;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_WINDOW_DELAY;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_WINDOW_UPLOAD_TIMEOUT;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SIMULATION_CLOCK;
import static io.github.vidicenter.flink.config.VidiCenterOptions.TIME_ZONE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.URL;
import static io.github.vidicenter.flink.config.VidiCenterOptions.ZONE_OF_LOCATION;

import io.github.vidicenter.flink.client.ApiUrl;
import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.config.VidiCenterConfig.Account;
import io.github.vidicenter.flink.config.VidiCenterConfig.Scan;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads over which time, in which steps and by which clock the scan goes. */
final class ScanReader {

    /** Nowhere is it later than at UTC+14. */
    private static final Duration LATEST_ZONE = Duration.ofHours(14);

    private final OptionValues options;
    private final Clock clock;

    ScanReader(OptionValues options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    Scan read(Account account, ExportKind kind, Selectors selectors, boolean batch) {
        WindowSize window = WindowSize.read(options, kind.resolution());
        ZoneId zone = zone();
        SimulationClock simulated = simulationClock(account);
        ScanBound start = ScanBounds.start(options);
        ScanBound end = ScanBounds.end(options, batch);
        LocalDateTime now =
                simulated == null
                        ? LocalDateTime.now(clock.withZone(zone == null ? ZoneOffset.UTC : zone))
                        : simulated.start();
        // Without a zone the job knows better, once it has the locations' offsets.
        LocalDateTime latest = zone == null ? now.plus(LATEST_ZONE) : now;
        ScanAlignment.check(kind.resolution(), start, end, latest);
        return new Scan(
                selectors.allLocations(),
                start,
                end,
                window.size(),
                window.max(),
                options.atLeast(Duration.ZERO, SCAN_WINDOW_DELAY),
                options.isSet(SCAN_WINDOW_UPLOAD_TIMEOUT)
                        ? options.positiveDuration(SCAN_WINDOW_UPLOAD_TIMEOUT)
                        : null,
                locationsPerExport(),
                RefreshReader.lookback(options, kind, end),
                RefreshReader.interval(options),
                zone,
                simulated);
    }

    /** 0: {@code auto}. */
    private int locationsPerExport() {
        String value = options.get(SCAN_LOCATIONS_PER_EXPORT).strip();
        if (value.equals(AUTO)) {
            return 0;
        }
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers that are too small
        }
        throw refuse(
                SCAN_LOCATIONS_PER_EXPORT,
                value,
                "is neither 'auto' nor a positive integer: write one of them.");
    }

    /** Null: each location's own offset. */
    private ZoneId zone() {
        String value = options.get(TIME_ZONE).strip();
        if (value.equals(ZONE_OF_LOCATION)) {
            return null;
        }
        try {
            return ZoneId.of(value);
        } catch (DateTimeException e) {
            throw refuse(
                    TIME_ZONE,
                    value,
                    "is no zone: write a name such as 'Europe/Paris', an offset such as '+01:00', or 'location'."
                            + Suggestion.didYouMean(value, ZoneId.getAvailableZoneIds()));
        }
    }

    private SimulationClock simulationClock(Account account) {
        String value = options.find(SIMULATION_CLOCK).map(String::strip).orElse(null);
        if (value == null) {
            return null;
        }
        if (!ApiUrl.isLoopback(account.url().getHost())) {
            throw refuse(
                    SIMULATION_CLOCK,
                    value,
                    "is only for a server on this machine, such as the simulator, and '%s' is '%s': leave it out."
                            .formatted(URL.key(), account.url()));
        }
        return parseClock(value)
                .orElseThrow(
                        () ->
                                refuse(
                                        SIMULATION_CLOCK,
                                        value,
                                        "is no clock: write '<ISO local date-time>/<factor>', with"
                                                + " a positive factor, such as"
                                                + " '2024-03-04T00:00:00/1440'."));
    }

    private static Optional<SimulationClock> parseClock(String value) {
        String[] parts = value.split("/", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        try {
            double factor = Double.parseDouble(parts[1].strip());
            return ScanBounds.dateTime(parts[0].strip())
                    .filter(start -> factor > 0 && Double.isFinite(factor))
                    .map(start -> new SimulationClock(start, factor));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
