package io.github.vidicenter.flink.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/** Reads single options; every refusal names the option and its value. */
final class OptionValues {

    private static final Map<ChronoUnit, String> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put(ChronoUnit.DAYS, "d");
        UNITS.put(ChronoUnit.HOURS, "h");
        UNITS.put(ChronoUnit.MINUTES, "min");
        UNITS.put(ChronoUnit.SECONDS, "s");
        UNITS.put(ChronoUnit.MILLIS, "ms");
        UNITS.put(ChronoUnit.NANOS, "ns");
    }

    private final ReadableConfig options;

    OptionValues(ReadableConfig options) {
        this.options = options;
    }

    /** The value or the default; null where there is neither. */
    <T> T get(ConfigOption<T> option) {
        try {
            return options.get(option);
        } catch (IllegalArgumentException e) {
            throw unreadable(option, e);
        }
    }

    /** The value if it was given; a default does not count. */
    <T> Optional<T> find(ConfigOption<T> option) {
        try {
            return options.getOptional(option);
        } catch (IllegalArgumentException e) {
            throw unreadable(option, e);
        }
    }

    boolean isSet(ConfigOption<?> option) {
        return find(option).isPresent();
    }

    /**
     * @param meaning what the option is to be set to
     */
    String required(ConfigOption<String> option, String meaning) {
        return find(option)
                .filter(value -> !value.isBlank())
                .orElseThrow(
                        () ->
                                new ValidationException(
                                        "'" + option.key() + "' is missing. Set it to " + meaning));
    }

    String oneOf(ConfigOption<String> option, List<String> allowed) {
        String value = get(option);
        if (!allowed.contains(value)) {
            throw refuse(option, value, "does not exist. " + Suggestion.of(value, allowed));
        }
        return value;
    }

    int positive(ConfigOption<Integer> option) {
        int value = get(option);
        if (value < 1) {
            throw refuse(option, value, "is too small: it is at least 1.");
        }
        return value;
    }

    /** A duration of at least a millisecond, the unit of all timers. */
    Duration positiveDuration(ConfigOption<Duration> option) {
        return atLeast(Duration.ofMillis(1), option);
    }

    Duration atLeast(Duration minimum, ConfigOption<Duration> option) {
        Duration value = get(option);
        if (value.compareTo(minimum) < 0) {
            throw refuse(
                    option, text(value), "is too short: it is at least " + text(minimum) + ".");
        }
        return value;
    }

    /**
     * @param problem continues the sentence {@code 'key' = 'value' …} and says what to do
     */
    static ValidationException refuse(ConfigOption<?> option, Object value, String problem) {
        return new ValidationException("'" + option.key() + "' = '" + value + "' " + problem);
    }

    /** As users write durations: {@code 5 min}. */
    static String text(Duration duration) {
        for (Map.Entry<ChronoUnit, String> unit : UNITS.entrySet()) {
            Duration one = unit.getKey().getDuration();
            if (!duration.isZero() && one.multipliedBy(duration.dividedBy(one)).equals(duration)) {
                return duration.dividedBy(one) + " " + unit.getValue();
            }
        }
        return "0 s";
    }

    private static ValidationException unreadable(
            ConfigOption<?> option, IllegalArgumentException cause) {
        // Flink's message quotes the value; no option that holds a secret can fail to be read.
        Object like = option.defaultValue();
        String advice =
                like == null
                        ? ""
                        : " Write a value of the kind of the default, '%s'."
                                .formatted(like instanceof Duration d ? text(d) : like);
        return new ValidationException(
                "'" + option.key() + "' can't be read: " + cause.getMessage() + advice, cause);
    }
}
