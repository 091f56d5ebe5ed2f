package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.OptionValues.refuse;
import static io.github.vidicenter.flink.config.OptionValues.text;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_WINDOW_MAX_SIZE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_WINDOW_SIZE;

import io.github.vidicenter.flink.window.TimeResolution;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/**
 * Reads how long windows are. A window never cuts a bucket.
 *
 * @param size length of an incremental window; null for {@code 1M}, where a window is a month
 * @param max what one export may cover, never less than {@code size}
 */
record WindowSize(Duration size, Duration max) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration DEFAULT = Duration.ofMinutes(5);

    static WindowSize read(OptionValues options, TimeResolution resolution) {
        Duration max = options.positiveDuration(SCAN_WINDOW_MAX_SIZE);
        if (resolution == TimeResolution.MONTH) {
            refuseToSet(options);
            return new WindowSize(null, max);
        }
        Duration bucket = resolution.bucket().orElseThrow();
        Duration size = options.find(SCAN_WINDOW_SIZE).orElse(longer(bucket, DEFAULT));
        check(size, bucket, resolution);
        return new WindowSize(size, longer(size, max));
    }

    private static void check(Duration size, Duration bucket, TimeResolution resolution) {
        Duration shortest = longer(bucket, SHORTEST);
        if (size.compareTo(shortest) < 0) {
            throw refuse(
                    SCAN_WINDOW_SIZE,
                    text(size),
                    "is too short for 'time-resolution' = '%s': it is at least '%s'."
                            .formatted(resolution, text(shortest)));
        }
        Duration below = bucket.multipliedBy(size.dividedBy(bucket));
        if (!size.equals(below)) {
            throw refuse(
                    SCAN_WINDOW_SIZE,
                    text(size),
                    "is no whole multiple of %s, the bucket of 'time-resolution' = '%s'. Nearest: '%s' and '%s'."
                            .formatted(
                                    text(bucket),
                                    resolution,
                                    text(below),
                                    text(below.plus(bucket))));
        }
    }

    private static void refuseToSet(OptionValues options) {
        for (ConfigOption<Duration> option : List.of(SCAN_WINDOW_SIZE, SCAN_WINDOW_MAX_SIZE)) {
            options.find(option)
                    .ifPresent(
                            size -> {
                                throw refuse(
                                        option,
                                        text(size),
                                        "can't be set with 'time-resolution' = '1M', where a window"
                                                + " is a month: leave it out.");
                            });
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
