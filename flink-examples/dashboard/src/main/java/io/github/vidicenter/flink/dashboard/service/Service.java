package io.github.vidicenter.flink.dashboard.service;

import io.github.vidicenter.flink.dashboard.Settings;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;

/** The VidiCenter that is read. */
public interface Service extends AutoCloseable {

    /** The account that the settings name, or a simulator. */
    static Service of(Settings settings) {
        return settings.vidicenter().isEmpty()
                ? DemoService.start(settings.speed())
                : RealService.of(settings.vidicenter());
    }

    /** A sentence on what is read. */
    String description();

    /** Options of the tables, in place of those in the SQL file. */
    Map<String, String> options();

    /** The job runs, since then. */
    default void started(Instant at) {}

    /** Now, in the data's local time. */
    LocalDateTime now();

    @Override
    void close();
}
