package io.github.vidicenter.flink.dashboard.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** The PostgreSQL that the job writes and the page shows. */
public final class Database implements AutoCloseable {

    private static final String OWN_USER = "postgres";

    private final DatabaseAccess access;
    private final EmbeddedPostgres own;

    private Database(DatabaseAccess access, EmbeddedPostgres own) {
        this.access = access;
        this.own = own;
    }

    /**
     * @param given empty: one is started in a directory of its own, which is deleted with it
     */
    public static Database open(Optional<DatabaseAccess> given) {
        if (given.isPresent()) {
            return new Database(given.get(), null);
        }
        try {
            EmbeddedPostgres own =
                    EmbeddedPostgres.builder()
                            .setPGStartupWait(Duration.ofMinutes(3))
                            .setServerConfig("fsync", "off")
                            .start();
            String url = own.getJdbcUrl(OWN_USER, "postgres");
            return new Database(new DatabaseAccess(url, OWN_USER, ""), own);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "PostgreSQL can't be started here (as root it needs 'unshare' to give up its"
                            + " rights); name one with -Ddashboard.database=jdbc:postgresql://…",
                    e);
        }
    }

    public DatabaseAccess access() {
        return access;
    }

    /** Creates what is not there yet. */
    public void createTables() throws SQLException, IOException {
        try (InputStream file = Database.class.getResourceAsStream("/schema.sql");
                Connection connection = access.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        try {
            if (own != null) {
                own.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
