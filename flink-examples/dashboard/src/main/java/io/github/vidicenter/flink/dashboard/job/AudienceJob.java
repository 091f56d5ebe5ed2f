package io.github.vidicenter.flink.dashboard.job;

import io.github.vidicenter.flink.dashboard.database.DatabaseAccess;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** The running Flink job, from VidiCenter to the database. */
public final class AudienceJob implements AutoCloseable {

    /** Length of the windows that are read and shown. */
    public static final Duration WINDOW = Duration.ofMinutes(15);

    private static final long STATUS_INTERVAL_MILLIS = 100;

    private final LocalFlink flink;
    private final JobClient client;
    private final JobMetrics metrics;
    private final AccountLimits limits;

    private AudienceJob(LocalFlink flink, JobClient client, AccountLimits limits) {
        this.flink = flink;
        this.client = client;
        this.metrics = new JobMetrics(flink.rest(), client.getJobID().toHexString());
        this.limits = limits;
    }

    /**
     * @param service options of the tables that are read
     */
    public static AudienceJob start(Map<String, String> service, DatabaseAccess database)
            throws Exception {
        LocalFlink flink = LocalFlink.create();
        StreamTableEnvironment tables = StreamTableEnvironment.create(flink.environment());
        tables.getConfig().set("pipeline.name", "dashboard");
        // Beyond the lookback no correction comes, so sums need not be remembered for longer.
        tables.getConfig().set("table.exec.state.ttl", "2 d");
        String window = WINDOW.toMinutes() + " min";
        JobClient client =
                AudienceSql.execute(tables, service, window, database).getJobClient().orElseThrow();
        return new AudienceJob(flink, client, AccountLimits.of(service));
    }

    /** Returns since when it runs, as soon as it does. */
    public Instant awaitRunning() throws Exception {
        Optional<Instant> since = metrics.runningSince();
        while (since.isEmpty()) {
            if (client.getJobStatus().get().isTerminalState()) {
                await();
            }
            Thread.sleep(STATUS_INTERVAL_MILLIS);
            since = metrics.runningSince();
        }
        return since.get();
    }

    public URI webUi() {
        return flink.rest();
    }

    /** What the job's parts say of themselves. */
    public JobMetrics metrics() {
        return metrics;
    }

    public AccountLimits limits() {
        return limits;
    }

    /** Returns when the job has ended, as it does only by an error. */
    public void await() throws Exception {
        client.getJobExecutionResult().get();
    }

    @Override
    public void close() {
        try {
            client.cancel().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // It has ended already, or ends with this process.
        }
        flink.deleteCheckpoints();
    }
}
