package io.github.vidicenter.flink.examples;

import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A VidiCenter account, given as system properties: {@code vidicenter.<option>} sets the option of
 * both tables; empty ones count as unset.
 */
final class RealService implements Service {

    private static final String PREFIX = "vidicenter.";

    private final Map<String, String> options;

    private RealService(Map<String, String> options) {
        this.options = options;
    }

    static boolean isAskedFor(Properties properties) {
        return !options(properties).isEmpty();
    }

    /**
     * @throws IllegalArgumentException if the account or the locations are missing
     */
    static RealService of(Properties properties) {
        Map<String, String> options = options(properties);
        if (!options.containsKey("username")
                || !options.containsKey("locations")
                || options.containsKey("token") == options.containsKey("token-file")) {
            throw new IllegalArgumentException(
                    "the real service needs -Dvidicenter.username, -Dvidicenter.locations and one of"
                            + " -Dvidicenter.token-file and -Dvidicenter.token; given: "
                            + options.keySet());
        }
        return new RealService(options);
    }

    private static Map<String, String> options(Properties properties) {
        Map<String, String> options = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name);
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                options.put(name.substring(PREFIX.length()), value.strip());
            }
        }
        return options;
    }

    @Override
    public String description() {
        return "Reading locations %s of account '%s' from a day ago on, until stopped (Ctrl-C)."
                .formatted(options.get("locations"), options.get("username"));
    }

    @Override
    public Map<String, String> options() {
        return options;
    }

    @Override
    public int locations() {
        return options.get("locations").split(",").length;
    }

    @Override
    public void started() {}

    @Override
    public String progress(int windows, LocalDateTime end) {
        // As the tables are: 'time-zone' is UTC unless set.
        Duration lag = Duration.between(end, LocalDateTime.now(ZoneOffset.UTC));
        return "%d windows done, event time %d min behind".formatted(windows, lag.toMinutes());
    }

    @Override
    public boolean conclude(List<AudienceHour> hours, PrintStream out) {
        out.printf("Read %d hours of locations.%n", hours.size());
        return true;
    }

    @Override
    public void close() {}
}
