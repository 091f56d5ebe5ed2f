package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import io.github.vidicenter.simulator.fault.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong on the way is made good, or told clearly; rows come once in any case. */
class FaultyServiceTest {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T00:00:00");
    private static final LocalDateTime END = LocalDateTime.parse("2024-03-05T00:00:00");
    private static final List<String> COLUMNS =
            List.of("location_id", "period_start", "watcher_count");

    private VidiCenterSimulator server;

    @BeforeEach
    void startServer() {
        server =
                VidiCenterSimulator.builder()
                        .locations(1, 2, 3)
                        .dialect(Dialect.ROWS_SHUFFLED, Dialect.GZIP)
                        .buildTime(BuildTime.of(Duration.ofMillis(30)))
                        .limits(Limits.DEFAULT.withCallsPerMinute(10_000))
                        .start();
    }

    @AfterEach
    void stopServer() {
        assertThat(server.audit().rejected()).as("limits passed").isZero();
        server.close();
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault.Status(429, "0", false),
                new Fault.Status(429, "1", true),
                new Fault.Status(429, null, false),
                new Fault.Status(500, null, true),
                new Fault.Status(502, null, true),
                new Fault.Status(503, "1", false),
                new Fault.Page(),
                new Fault.OtherState("resting"),
                new Fault.OtherState(null),
                new Fault.OtherState("started"),
                new Fault.WithoutData(),
                new Fault.Reset(false),
                new Fault.Reset(true),
                new Fault.Truncated(Fault.Cut.CHUNKS),
                new Fault.Truncated(Fault.Cut.CONTENT_LENGTH),
                new Fault.Truncated(Fault.Cut.JSON),
                new Fault.BrokenGzip(),
                new Fault.Hang(),
                new Fault.FailedExport("out of memory"),
                new Fault.FailedExport(null),
                new Fault.Stuck(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isMadeGoodAtEveryPhase(Fault fault) {
        for (Phase phase : Phase.values()) {
            server.faults().add(FaultRule.of(fault).phase(phase).times(1));
        }
        assertThat(scan("")).containsExactlyInAnyOrderElementsOf(truth());
        assertThat(server.faults().happened()).isPositive();
    }

    @Test
    void aMixtureIsMadeGood() {
        long seed = new Random().nextLong();
        System.out.println("FaultyServiceTest seed " + seed);
        Random random = new Random(seed);
        List<Fault> faults = faults().filter(f -> !(f instanceof Fault.Hang)).toList();
        for (Phase phase : Phase.values()) {
            server.faults()
                    .add(
                            FaultRule.of(faults.get(random.nextInt(faults.size())))
                                    .phase(phase)
                                    .probability(0.15)
                                    .times(6));
        }
        assertThat(scan("'export.max-attempts' = '20',"))
                .containsExactlyInAnyOrderElementsOf(truth());
    }

    @Test
    void skipDropsTheLocationThatFailsAndNothingElse() {
        server.faults().add(FaultRule.of(new Fault.FailedExport("broken")).location(2));

        List<String> rows =
                scan(
                        "'export.on-failure' = 'skip', 'export.max-attempts' = '2',"
                                + " 'scan.locations-per-export' = '3',"
                                + " 'scan.window.size' = '12 h',");

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        truth().stream().filter(row -> !row.startsWith("[2.0")).toList());
    }

    @Test
    void failingForGoodNamesRequestAndReason() {
        server.faults().add(FaultRule.of(new Fault.FailedExport("camera on fire")));

        assertThatThrownBy(() -> scan("'export.max-attempts' = '2',"))
                .satisfies(
                        e ->
                                assertThat(ExceptionUtils.stringifyException(e))
                                        .contains("camera on fire", "data_type=viewers")
                                        .contains("'export.on-failure' = 'skip'")
                                        .doesNotContain(server.token()));
    }

    @Test
    void aRedirectIsNotFollowedAndTold() {
        server.faults().add(FaultRule.of(new Fault.Redirect("https://elsewhere.example/")));

        assertThatThrownBy(() -> scan(""))
                .satisfies(
                        e ->
                                assertThat(ExceptionUtils.stringifyException(e))
                                        .contains("HTTP 302", "'url'"));
    }

    @Test
    void aWrongTokenIsToldAndNeverShown() {
        String shown = server.token();
        server.setToken("another-one");

        assertThatThrownBy(() -> scanWith("'token' = '" + shown + "'", ""))
                .satisfies(
                        e ->
                                assertThat(ExceptionUtils.stringifyException(e))
                                        .contains("'token'", "Invalid API Token")
                                        .doesNotContain(shown));
        assertThat(server.audit().unauthorized()).as("a second try can't help").isLessThan(4);
    }

    @Test
    void aNewTokenInTheFileIsReadAfterA401(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("token");
        Files.writeString(file, server.token() + "\n");
        server.setToken("the-new-one");
        Files.writeString(file, "the-new-one\n");

        assertThat(scanWith("'token-file' = '" + file + "'", ""))
                .containsExactlyInAnyOrderElementsOf(truth());
    }

    private List<String> truth() {
        return Rows.of(server.truth("viewers", "15m", List.of(1L, 2L, 3L), START, END), COLUMNS);
    }

    private List<String> scan(String options) {
        return scanWith("'token' = '" + server.token() + "'", options);
    }

    private List<String> scanWith(String token, String options) {
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        sql.executeSql(
                "CREATE TABLE t (location_id BIGINT, period_start TIMESTAMP(3), watcher_count"
                        + " BIGINT) WITH ("
                        + options
                        + token
                        + ", 'connector' = 'vidicenter', 'url' = '"
                        + server.url()
                        + "', 'username' = '"
                        + server.username()
                        + "', 'data-type' = 'viewers', 'time-resolution' = '15m', 'locations' ="
                        + " '1,2,3', 'scan.start' = '"
                        + START
                        + "', 'scan.end' = '"
                        + END
                        + "', 'scan.window.max-size' = '12 h', 'poll.min-interval' = '20 ms',"
                        + " 'poll.max-interval' = '100 ms', 'http.request-timeout' = '3 s',"
                        + " 'quota.requests-per-minute' = '10000')");
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = sql.executeSql("SELECT * FROM t").collect()) {
            result.forEachRemaining(row -> rows.add(Rows.of(row)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return rows;
    }
}
