package io.github.vidicenter.flink.dashboard.web;

import io.github.vidicenter.flink.dashboard.database.DatabaseAccess;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that hears from the database when the tables have changed. */
final class ChangeListener extends Thread {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeListener.class);
    private static final int WAIT_MILLIS = 1_000;

    private final DatabaseAccess database;
    private final Runnable onChange;
    private volatile boolean closed;

    ChangeListener(DatabaseAccess database, Runnable onChange) {
        super("dashboard-changes");
        setDaemon(true);
        this.database = database;
        this.onChange = onChange;
    }

    @Override
    public void run() {
        while (!closed) {
            try (Connection connection = database.connect()) {
                listen(connection);
            } catch (SQLException e) {
                if (!closed) {
                    LOG.warn("The database does not answer; trying again: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN audience_changed");
        }
        // What changed before or between two connections was not heard.
        onChange.run();
        PGConnection notifications = connection.unwrap(PGConnection.class);
        while (!closed) {
            if (notifications.getNotifications(WAIT_MILLIS).length > 0) {
                onChange.run();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(WAIT_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    void close() {
        closed = true;
        interrupt();
    }
}
