package io.github.vidicenter.flink.dashboard;

import io.github.vidicenter.flink.dashboard.database.DatabaseAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * What system properties set; empty ones count as unset:
 *
 * <ul>
 *   <li>{@code dashboard.port}: of the page, on this machine; default 8090, 0 for any free one
 *   <li>{@code dashboard.speed}: how many times as fast as real time the simulator's day passes;
 *       default 60, a minute a second
 *   <li>{@code dashboard.database}: JDBC URL of a PostgreSQL to use instead of an own one, with
 *       {@code dashboard.database-user} and {@code dashboard.database-password-file}
 *   <li>{@code vidicenter.<option>}: an option of the tables, to read the real service: {@code
 *       username}, {@code token-file} (or {@code token}) and {@code locations} are needed
 * </ul>
 *
 * @param database empty: one that is started here
 * @param vidicenter options by name; empty: a simulator
 */
public record Settings(
        int port, int speed, Optional<DatabaseAccess> database, Map<String, String> vidicenter) {

    private static final Set<String> NAMES =
            Set.of("port", "speed", "database", "database-user", "database-password-file");

    /**
     * @throws IllegalArgumentException if a value can't be used
     */
    public static Settings of(Properties properties) {
        Map<String, String> own = under("dashboard.", properties);
        for (String name : own.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no setting dashboard." + name + ", but " + NAMES);
            }
        }
        return new Settings(
                number("port", own.getOrDefault("port", "8090"), 0, 65_535),
                number("speed", own.getOrDefault("speed", "60"), 1, 100_000),
                database(own),
                under("vidicenter.", properties));
    }

    private static Map<String, String> under(String prefix, Properties properties) {
        Map<String, String> values = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name).strip();
            if (name.startsWith(prefix) && !value.isEmpty()) {
                values.put(name.substring(prefix.length()), value);
            }
        }
        return values;
    }

    private static int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, with what is expected.
        }
        throw new IllegalArgumentException(
                "dashboard.%s is a number from %d to %d, not: %s"
                        .formatted(name, least, most, text));
    }

    private static Optional<DatabaseAccess> database(Map<String, String> own) {
        String url = own.get("database");
        if (url == null) {
            return Optional.empty();
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "dashboard.database is a URL like jdbc:postgresql://host/database");
        }
        return Optional.of(
                new DatabaseAccess(
                        url,
                        own.getOrDefault("database-user", System.getProperty("user.name")),
                        password(own.get("database-password-file"))));
    }

    private static String password(String file) {
        try {
            return file == null ? "" : Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "dashboard.database-password-file can't be read: " + file, e);
        }
    }
}
