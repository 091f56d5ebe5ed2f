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
 * Reads how long windows are. A window never cuts a bucket, and windows are counted from midnight,
 * so one that is longer than a day is whole days.
 *
 * @param size length of an incremental window; null where a window is a bucket
 * @param max what one export may cover, never less than {@code size}
 */
record WindowSize(Duration size, Duration max) {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration DEFAULT = Duration.ofMinutes(5);
    private static final Duration DAY = Duration.ofDays(1);

    static WindowSize read(OptionValues options, TimeResolution resolution) {
        Duration max = options.positiveDuration(SCAN_WINDOW_MAX_SIZE);
        if (!resolution.alignsToMidnight()) {
            refuseToSet(options, resolution);
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
        Duration step = size.compareTo(DAY) > 0 ? DAY : bucket;
        Duration below = step.multipliedBy(size.dividedBy(step));
        if (!size.equals(below)) {
            throw refuse(
                    SCAN_WINDOW_SIZE,
                    text(size),
                    "is no whole multiple of %s, %s. Nearest: '%s' and '%s'."
                            .formatted(
                                    text(step),
                                    step.equals(bucket)
                                            ? "the bucket of 'time-resolution' = '%s'"
                                                    .formatted(resolution)
                                            : "as what is longer than a day has to be",
                                    text(below),
                                    text(below.plus(step))));
        }
    }

    private static void refuseToSet(OptionValues options, TimeResolution resolution) {
        for (ConfigOption<Duration> option : List.of(SCAN_WINDOW_SIZE, SCAN_WINDOW_MAX_SIZE)) {
            options.find(option)
                    .ifPresent(
                            size -> {
                                throw refuse(
                                        option,
                                        text(size),
                                        "can't be set with 'time-resolution' = '%s', where a window is a bucket: leave it out."
                                                .formatted(resolution));
                            });
        }
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
