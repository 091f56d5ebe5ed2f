package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.RealTime;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Other clients of the account take its limits, and ask for exports before their time. */
class SharedAccountTest {

    private static final String LATE = "2024-03-04T11:45:00";

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private final FaultyScan scan = new FaultyScan(RealTime.accelerated(20));

    @AfterEach
    void stopServer() {
        scan.close();
    }

    /** The server's minute lasts three seconds here, and it says so when it refuses a call. */
    @Test
    void mostCallsMadeBySomebodyElse() {
        scan.server.limits(Limits.DEFAULT.withCallsPerMinute(10));
        AtomicBoolean finished = new AtomicBoolean();
        CompletableFuture<Long> refused =
                CompletableFuture.supplyAsync(() -> callsUntilTheJobIsRefused(finished));

        scan.runsRight("'scan.window.max-size' = '1 d', 'scan.locations-per-export' = '3',");

        finished.set(true);
        assertThat(refused.join()).as("calls of the job that were refused").isPositive();
    }

    /**
     * @return the job's calls that were refused by then
     */
    private long callsUntilTheJobIsRefused(AtomicBoolean finished) {
        long own = 0;
        while (!finished.get() && scan.server.audit().rejected() == own) {
            own += ForeignClient.call(scan.server, "data_type=unknown").statusCode() == 429 ? 1 : 0;
        }
        return scan.server.audit().rejected() - own;
    }

    /** What was asked for before its window had ended holds less than the window. */
    @Test
    void anExportThatWasAskedForTooEarlyIsRebuiltOnce() {
        String early =
                "data_type=viewers&time_resolution=15m&locations=1,2,3"
                        + "&start=2024-03-04T00:00:00&end=2024-03-04T12:00:00";
        ForeignClient.call(scan.server, early);
        while (!ForeignClient.call(scan.server, early).body().contains("finished")) {
            LockSupport.parkNanos(10_000_000);
        }
        scan.server.upload(
                "viewers",
                "15m",
                List.of(
                        Map.of(
                                "location_id",
                                2L,
                                "period_start",
                                LocalDateTime.parse(LATE),
                                "watcher_count",
                                4711L)));
        String options =
                "'scan.locations-per-export' = '3', 'scan.window.size' = '12 h',"
                        + " 'simulation.clock' = '2024-03-05T01:00:00/1',";

        scan.runsRight(options);

        assertThat(scan.truth()).anyMatch(row -> row.contains("4711"));
        assertThat(scan.server.audit().rebuilds()).isEqualTo(1);
        assertThat(scan.run("'export.reuse-cached' = 'true'," + options))
                .hasSameSizeAs(scan.truth());
        assertThat(scan.server.audit().rebuilds()).isEqualTo(1);
    }
}
