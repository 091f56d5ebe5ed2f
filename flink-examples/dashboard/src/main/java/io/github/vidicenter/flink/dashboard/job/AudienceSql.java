package io.github.vidicenter.flink.dashboard.job;

import io.github.vidicenter.flink.dashboard.database.DatabaseAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

/** The resource {@code dashboard.sql}, with other options than it can name. */
final class AudienceSql {

    private static final String FILE = "/dashboard.sql";
    private static final List<String> SOURCES = List.of("ots", "viewers");
    private static final List<String> LISTS = List.of("locations", "sites");
    private static final List<String> SINKS = List.of("audience", "demographics");

    /** Options that the topology's lists have too. */
    private static final Pattern OF_ACCOUNT =
            Pattern.compile("url|username|token|token-file|quota\\..*|http\\..*");

    private AudienceSql() {}

    /**
     * Creates the tables and starts the job.
     *
     * @param service options of the tables that are read
     * @param window length of a window
     */
    static TableResult execute(
            TableEnvironment env,
            Map<String, String> service,
            String window,
            DatabaseAccess database)
            throws IOException {
        List<String> inserts = new ArrayList<>();
        for (String statement : statements()) {
            if (statement.contains("INSERT INTO")) {
                inserts.add(statement);
            } else {
                env.executeSql(statement);
            }
        }
        for (String table : SOURCES) {
            setService(env, table, service);
            set(env, table, Map.of("scan.window.size", window));
        }
        Map<String, String> account = new TreeMap<>(service);
        account.keySet().removeIf(option -> !OF_ACCOUNT.matcher(option).matches());
        for (String list : LISTS) {
            setService(env, list, account);
        }
        for (String table : SINKS) {
            set(
                    env,
                    table,
                    Map.of(
                            "url", database.url(),
                            "username", database.user(),
                            "password", database.password()));
        }
        StatementSet job = env.createStatementSet();
        inserts.forEach(job::addInsertSql);
        return job.execute();
    }

    private static void setService(
            TableEnvironment env, String table, Map<String, String> options) {
        // The file names a token file; a token takes its place.
        if (options.containsKey("token")) {
            env.executeSql("ALTER TABLE " + table + " RESET ('token-file')");
        }
        set(env, table, options);
    }

    private static void set(TableEnvironment env, String table, Map<String, String> options) {
        env.executeSql("ALTER TABLE " + table + " SET (" + list(options) + ")");
    }

    private static List<String> statements() throws IOException {
        try (InputStream file = AudienceSql.class.getResourceAsStream(FILE)) {
            String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(sql.split(";\\s*\\n"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        }
    }

    private static String list(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> literal(option.getKey()) + " = " + literal(option.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
