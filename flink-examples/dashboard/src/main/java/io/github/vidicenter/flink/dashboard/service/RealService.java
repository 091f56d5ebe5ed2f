package io.github.vidicenter.flink.dashboard.service;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;

/** A VidiCenter account. */
final class RealService implements Service {

    private final Map<String, String> options;

    private RealService(Map<String, String> options) {
        this.options = options;
    }

    /**
     * @throws IllegalArgumentException if the account or the locations are missing
     */
    static RealService of(Map<String, String> options) {
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

    @Override
    public String description() {
        return "Reading locations %s of account '%s'."
                .formatted(options.get("locations"), options.get("username"));
    }

    @Override
    public Map<String, String> options() {
        return options;
    }

    @Override
    public LocalDateTime now() {
        // As the tables are: 'time-zone' is UTC unless set.
        return LocalDateTime.now(ZoneId.of(options.getOrDefault("time-zone", "UTC")));
    }

    @Override
    public void close() {}
}
