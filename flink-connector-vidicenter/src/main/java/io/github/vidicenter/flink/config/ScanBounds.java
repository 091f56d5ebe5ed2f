package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.VidiCenterOptions.NOW;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import java.util.Optional;

/** Reads {@code scan.start} and {@code scan.end}, not yet looking at how they are aligned. */
final class ScanBounds {

    private static final String DATE_TIME =
            "an ISO local date-time without an offset, such as '2018-01-29T00:00:00', or 'now'";

    private ScanBounds() {}

    static ScanBound start(OptionValues options) {
        String value = options.get(VidiCenterOptions.SCAN_START).strip();
        return time(value)
                .or(() -> distanceBack(value))
                .orElseThrow(
                        () ->
                                OptionValues.refuse(
                                        VidiCenterOptions.SCAN_START,
                                        value,
                                        "is no time: write "
                                                + DATE_TIME
                                                + ", or a duration back from now, with its minus,"
                                                + " such as '-P7D' or '-PT6H'."));
    }

    /** Null where the scan has no end. */
    static ScanBound end(OptionValues options, boolean batch) {
        String value = options.find(VidiCenterOptions.SCAN_END).map(String::strip).orElse(null);
        if (value == null) {
            return batch ? ScanBound.BeforeNow.NOW : null;
        }
        return time(value)
                .orElseThrow(
                        () ->
                                OptionValues.refuse(
                                        VidiCenterOptions.SCAN_END,
                                        value,
                                        "is no time: write " + DATE_TIME + "."));
    }

    /** A local date-time of an option, or empty where it is none that the API can be asked for. */
    static Optional<LocalDateTime> dateTime(String value) {
        try {
            return Optional.of(LocalDateTime.parse(value))
                    .filter(time -> time.getYear() > 0 && time.getYear() <= 9999);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<ScanBound> time(String value) {
        return value.equals(NOW)
                ? Optional.of(ScanBound.BeforeNow.NOW)
                : dateTime(value).map(ScanBound.At::new);
    }

    /** {@code -P7D}, {@code -PT6H}, {@code -P1DT2H}, also {@code -P1M}; empty if not negative. */
    private static Optional<ScanBound> distanceBack(String value) {
        return days(value).or(() -> months(value)).map(ScanBound.BeforeNow::new);
    }

    private static Optional<TemporalAmount> days(String value) {
        try {
            Duration back = Duration.parse(value).negated();
            return back.isNegative() || back.isZero() ? Optional.empty() : Optional.of(back);
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<TemporalAmount> months(String value) {
        try {
            Period back = Period.parse(value).negated();
            return back.isNegative() || back.isZero() ? Optional.empty() : Optional.of(back);
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
