package io.github.vidicenter.flink.config;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** Options of a table that can be read, to be changed by tests. */
public final class OptionsOf {

    static final String TOKEN = "s3cr3t";

    /** What time it is for {@link #read()}: a Wednesday noon. */
    static final Clock CLOCK = Clock.fixed(Instant.parse("2024-03-06T12:00:00Z"), ZoneOffset.UTC);

    private final Map<String, String> options = new HashMap<>();

    public static OptionsOf viewers() {
        return new OptionsOf()
                .with("username", "me")
                .with("token", TOKEN)
                .with("data-type", "viewers")
                .with("time-resolution", "5m")
                .with("locations", "1056,1057");
    }

    public OptionsOf with(String key, String value) {
        options.put(key, value);
        return this;
    }

    public OptionsOf without(String key) {
        options.remove(key);
        return this;
    }

    public VidiCenterConfig read() {
        return ConfigReader.read(Configuration.fromMap(options), false, CLOCK);
    }

    VidiCenterConfig readBatch() {
        return ConfigReader.read(Configuration.fromMap(options), true, CLOCK);
    }
}
