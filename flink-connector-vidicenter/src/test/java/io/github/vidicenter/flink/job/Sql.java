package io.github.vidicenter.flink.job;

import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** SQL of whole jobs against the simulator. */
final class Sql {

    private Sql() {}

    static TableEnvironment streaming(int parallelism) {
        return environment(EnvironmentSettings.newInstance().inStreamingMode(), parallelism);
    }

    static TableEnvironment batch(int parallelism) {
        return environment(EnvironmentSettings.newInstance().inBatchMode(), parallelism);
    }

    private static TableEnvironment environment(
            EnvironmentSettings.Builder settings, int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        return TableEnvironment.create(settings.withConfiguration(configuration).build());
    }

    /** The options that say whom to ask, in a hurry. */
    static String account(VidiCenterSimulator server) {
        return """
        'url' = '%s', 'username' = '%s', 'token' = '%s', 'poll.min-interval' = '20 ms',
        'quota.requests-per-minute' = '%d'"""
                .formatted(
                        server.url(),
                        server.username(),
                        server.token(),
                        server.limits().callsPerMinute());
    }

    /** All rows of a query that ends, as {@link Rows} writes them. */
    static List<String> query(TableEnvironment sql, String query) {
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = sql.executeSql(query).collect()) {
            result.forEachRemaining(row -> rows.add(Rows.of(row)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return rows;
    }
}
