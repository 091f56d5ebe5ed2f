package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.RealTime;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * A query over a day of three locations whose answer holds each row, and the sums of event-time
 * windows, from which a row would be missing that came behind a watermark.
 */
final class FaultyScan implements AutoCloseable {

    static final LocalDateTime START = LocalDateTime.parse("2024-03-04T00:00:00");
    static final LocalDateTime END = LocalDateTime.parse("2024-03-05T00:00:00");

    final VidiCenterSimulator server;

    FaultyScan() {
        this(RealTime.system());
    }

    /**
     * @param time of the server
     */
    FaultyScan(RealTime time) {
        server =
                VidiCenterSimulator.builder()
                        .time(time)
                        .locations(1, 2, 3)
                        .dialect(Dialect.ROWS_SHUFFLED, Dialect.GZIP)
                        .buildTime(BuildTime.of(Duration.ofMillis(30)))
                        .limits(Limits.DEFAULT.withCallsPerMinute(10_000))
                        .start();
    }

    /** Runs the query with more options, and compares it with the truth. */
    void runsRight(String options) {
        assertThat(run(options)).containsExactlyInAnyOrderElementsOf(truth());
    }

    List<String> run(String options) {
        return runWith("'token' = '" + server.token() + "'", options);
    }

    List<String> runWith(String token, String options) {
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        sql.executeSql(ddl(token, options));
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result =
                sql.executeSql(
                                "SELECT 'row', location_id, period_start, watcher_count FROM t"
                                        + " UNION ALL SELECT 'sum', location_id, window_start,"
                                        + " SUM(watcher_count) FROM TABLE(TUMBLE(TABLE t,"
                                        + " DESCRIPTOR(period_start), INTERVAL '1' HOUR)) GROUP BY"
                                        + " location_id, window_start, window_end")
                        .collect()) {
            result.forEachRemaining(row -> rows.add(Rows.of(row)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    private String ddl(String token, String options) {
        return "CREATE TABLE t (location_id BIGINT, period_start TIMESTAMP(3), watcher_count"
                + " BIGINT, WATERMARK FOR period_start AS SOURCE_WATERMARK()) WITH ("
                + options
                + token
                + ", 'connector' = 'vidicenter', 'url' = '"
                + server.url()
                + "', 'username' = '"
                + server.username()
                + "', 'data-type' = 'viewers', 'time-resolution' = '15m', 'locations' = '1,2,3',"
                + " 'scan.start' = '"
                + START
                + "', 'scan.end' = '"
                + END
                + "', 'scan.window.max-size' = '12 h', 'poll.min-interval' = '20 ms',"
                + " 'poll.max-interval' = '100 ms', 'http.request-timeout' = '30 s',"
                + " 'quota.requests-per-minute' = '10000')";
    }

    List<String> truth() {
        return truth(List.of(1L, 2L, 3L));
    }

    List<String> truth(List<Long> locations) {
        List<String> rows = new ArrayList<>();
        Map<String, Double> sums = new TreeMap<>();
        server.truth("viewers", "15m", locations, START, END)
                .forEach(
                        row -> {
                            double location = ((Number) row.get("location_id")).doubleValue();
                            LocalDateTime time = (LocalDateTime) row.get("period_start");
                            Number count = (Number) row.get("watcher_count");
                            rows.add(
                                    List.of("row", location, time).toString().replace("]", ", ")
                                            + (count == null ? null : count.doubleValue())
                                            + "]");
                            String hour =
                                    List.of("sum", location, time.truncatedTo(ChronoUnit.HOURS))
                                            .toString();
                            sums.merge(
                                    hour,
                                    count == null ? Double.NaN : count.doubleValue(),
                                    FaultyScan::sum);
                        });
        sums.forEach(
                (hour, sum) ->
                        rows.add(hour.replace("]", ", ") + (sum.isNaN() ? null : sum) + "]"));
        return rows;
    }

    /** As SQL does it: NULLs don't count, and only NULLs make NULL; NaN stands for it. */
    private static double sum(double a, double b) {
        return Double.isNaN(a) ? b : Double.isNaN(b) ? a : a + b;
    }

    @Override
    public void close() {
        server.close();
    }
}
