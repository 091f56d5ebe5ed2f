package io.github.vidicenter.flink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A bounded table in batch mode, as the pages say of it. */
class BatchSqlTest {

    @RegisterExtension static final MiniClusterExtension FLINK = new MiniClusterExtension();

    private static final LocalDateTime START = LocalDateTime.of(2024, 3, 4, 8, 0);

    @Test
    void countsTheViewersOfTwoHours() {
        try (VidiCenterSimulator simulator =
                VidiCenterSimulator.builder().locations(1056, 8264).start()) {
            TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
            env.executeSql(
                    """
                    CREATE TABLE viewers (location_id BIGINT) WITH (
                      'connector' = 'vidicenter',
                      'url' = '%s',
                      'username' = '%s',
                      'token' = '%s',
                      'data-type' = 'viewers',
                      'time-resolution' = 'finest',
                      'locations' = '1056,8264',
                      'scan.start' = '%s',
                      'scan.end' = '%s'
                    )"""
                            .formatted(
                                    simulator.url(),
                                    simulator.username(),
                                    simulator.token(),
                                    START,
                                    START.plusHours(2)));

            List<String> counts =
                    CollectionUtil.iteratorToList(
                                    env.executeSql(
                                                    "SELECT location_id, COUNT(*) FROM viewers"
                                                            + " GROUP BY location_id")
                                            .collect())
                            .stream()
                            .map(Object::toString)
                            .toList();
            assertThat(counts)
                    .containsExactlyInAnyOrder(
                            "+I[1056, %d]".formatted(truth(simulator, 1056)),
                            "+I[8264, %d]".formatted(truth(simulator, 8264)));
        }
    }

    private static long truth(VidiCenterSimulator simulator, long location) {
        return simulator
                .truth("viewers", "finest", List.of(location), START, START.plusHours(2))
                .count();
    }
}
