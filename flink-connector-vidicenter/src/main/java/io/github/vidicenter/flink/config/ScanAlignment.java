package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_END;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_START;

import io.github.vidicenter.flink.window.TimeResolution;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import org.apache.flink.configuration.ConfigOption;

/**
 * Checks that the fixed bounds of a scan cut no bucket. A bound that is relative to now is aligned
 * once now is known.
 */
public final class ScanAlignment {

    private ScanAlignment() {}

    /**
     * @param end null: the scan has none
     * @param now local time of the data, against which a fixed start is checked where the end is
     *     now. A relative start is not: a job that is restored after its fixed end has passed is
     *     right
     */
    static void check(
            TimeResolution resolution, ScanBound start, ScanBound end, LocalDateTime now) {
        LocalDateTime fixedStart = start instanceof ScanBound.At at ? at.time() : null;
        if (fixedStart != null) {
            startEdges(resolution, fixedStart).check(SCAN_START, fixedStart);
        }
        if (fixedStart != null && end != null && fixedStart.isAfter(end.resolve(now))) {
            throw OptionValues.refuse(
                    SCAN_START,
                    text(fixedStart),
                    "is after 'scan.end', which is "
                            + text(end.resolve(now))
                            + ": start earlier or end later.");
        }
        if (end instanceof ScanBound.At at) {
            checkEnd(resolution, fixedStart, at.time());
        }
    }

    /**
     * @param start from which {@code 7d} and {@code 30d} are counted; null: not known yet
     * @throws org.apache.flink.table.api.ValidationException if the end cuts a bucket
     */
    public static void checkEnd(TimeResolution resolution, LocalDateTime start, LocalDateTime end) {
        endEdges(resolution, start, end).check(SCAN_END, end);
    }

    private static Edges startEdges(TimeResolution resolution, LocalDateTime time) {
        if (resolution == TimeResolution.MONTH) {
            return new Edges(
                    WindowGrid.bucketEdge(resolution, null, time),
                    Period.ofMonths(1),
                    "has to be the 1st of a month at midnight");
        }
        if (resolution.alignsToMidnight()) {
            Duration bucket = resolution.bucket().orElseThrow();
            return new Edges(
                    WindowGrid.bucketEdge(resolution, null, time),
                    bucket,
                    "has to be a whole multiple of "
                            + OptionValues.text(bucket)
                            + " from midnight");
        }
        return new Edges(
                time.truncatedTo(ChronoUnit.DAYS), Period.ofDays(1), "has to be a midnight");
    }

    private static Edges endEdges(
            TimeResolution resolution, LocalDateTime start, LocalDateTime time) {
        boolean countedFromStart =
                !resolution.alignsToMidnight() && resolution != TimeResolution.MONTH;
        if (!countedFromStart || start == null) {
            return startEdges(resolution, time);
        }
        Duration bucket = resolution.bucket().orElseThrow();
        return new Edges(
                WindowGrid.bucketEdge(resolution, start, time),
                bucket,
                "has to be 'scan.start', "
                        + text(start)
                        + ", plus a whole multiple of "
                        + OptionValues.text(bucket));
    }

    private static String text(LocalDateTime time) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }

    /** The last edge that is not after a time, and how far it is to the next. */
    private record Edges(LocalDateTime before, TemporalAmount step, String rule) {

        void check(ConfigOption<String> option, LocalDateTime time) {
            if (!before.equals(time)) {
                throw OptionValues.refuse(
                        option,
                        text(time),
                        "%s with the chosen 'time-resolution'. Nearest: '%s' and '%s'."
                                .formatted(rule, text(before), text(before.plus(step))));
            }
        }
    }
}
