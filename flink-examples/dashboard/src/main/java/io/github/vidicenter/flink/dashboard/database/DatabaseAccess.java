package io.github.vidicenter.flink.dashboard.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * How to reach a PostgreSQL.
 *
 * @param url JDBC's
 */
public record DatabaseAccess(String url, String user, String password) {

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Without the password, nor what a URL may hold of it. */
    @Override
    public String toString() {
        return "PostgreSQL as user " + user;
    }
}
