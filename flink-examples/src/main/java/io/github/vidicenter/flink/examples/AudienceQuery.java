package io.github.vidicenter.flink.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

/** The query of the resource {@code audience.sql}. */
final class AudienceQuery {

    private static final String FILE = "/audience.sql";
    private static final List<String> TABLES = List.of("ots", "viewers");

    private AudienceQuery() {}

    /**
     * Creates the tables and starts the query.
     *
     * @param options of both tables, in place of those in the file
     */
    static TableResult execute(TableEnvironment env, Map<String, String> options)
            throws IOException {
        List<String> statements = statements();
        for (String create : statements.subList(0, TABLES.size())) {
            env.executeSql(create);
        }
        for (String table : TABLES) {
            // The file names a token file; a token takes its place.
            if (options.containsKey("token")) {
                env.executeSql("ALTER TABLE " + table + " RESET ('token-file')");
            }
            env.executeSql("ALTER TABLE " + table + " SET (" + list(options) + ")");
        }
        return env.executeSql(statements.get(TABLES.size()));
    }

    private static List<String> statements() throws IOException {
        try (InputStream file = AudienceQuery.class.getResourceAsStream(FILE)) {
            String sql = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(sql.split(";\\s*\\n")).map(String::strip).toList();
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
