package io.github.vidicenter.flink.examples;

import static io.github.vidicenter.flink.examples.Totals.assertSame;
import static io.github.vidicenter.flink.examples.Totals.by;
import static io.github.vidicenter.flink.examples.Totals.counts;
import static io.github.vidicenter.flink.examples.Totals.day;
import static io.github.vidicenter.flink.examples.Totals.key;
import static io.github.vidicenter.flink.examples.Totals.number;
import static io.github.vidicenter.flink.examples.Totals.ratios;
import static io.github.vidicenter.flink.examples.Totals.sums;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.SimulatedClock;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import io.github.vidicenter.simulator.model.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The answers of the cookbook's statements, taken from the page, are those that the data gives. */
@Timeout(300)
class CookbookTest {

    private static final LocalDateTime START = LocalDateTime.parse("2024-02-19T00:00");
    private static final LocalDateTime END = LocalDateTime.parse("2024-03-04T00:00");
    private static final Map<Long, Long> SITES = Map.of(1056L, 1L, 1057L, 2L);
    private static final List<Long> LOCATIONS = List.of(1056L, 1057L);

    @RegisterExtension static final MiniClusterExtension FLINK = new MiniClusterExtension();

    private final String page = read();
    private VidiCenterSimulator server;

    @BeforeEach
    void startServer() {
        server = simulator().start();
        server.uploadLag(1057, Duration.ofMinutes(90));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void watchersPerSite() {
        assertThat(by(ask("Today's watchers per site"), "watchers", "day_of_data", "site"))
                .isEqualTo(
                        sums(
                                truth("viewers", "1h"),
                                "watcher_count",
                                row -> key(day(row), siteLabel(row.get("location_id")))));
    }

    @Test
    void conversionPerHour() {
        Map<String, Double> watchers = sums(truth("ots", "1h"), "watcher_count", "period_start");
        Map<String, Double> ots = sums(truth("ots", "1h"), "ots_count", "period_start");

        assertSame(
                by(ask("Conversion per hour"), "conversion", "window_start"),
                ratios(watchers, ots, 100));
    }

    @Test
    void dwellTimeByAgeAndGender() {
        String dwell = "dwell_time_in_tenths_of_sec";

        assertSame(
                by(ask("Dwell time by age and gender"), "seconds", "gender", "age"),
                ratios(
                        sums(byDemographics(), dwell, "gender", "age"),
                        sums(byDemographics(), "watcher_count", "gender", "age"),
                        0.1));
    }

    @Test
    void proofOfPlayOfACampaign() {
        List<Row> rows = ask("Proof of play of a campaign");

        assertThat(rows).hasSize(2 * 14);
        for (String metric : List.of("plays", "watchers", "impressions")) {
            Stream<Map<String, Object>> truth =
                    truth("proof_of_play_by_location", "1d")
                            .filter(row -> !row.get("content_id").equals("content one"));
            assertSame(
                    by(rows, metric, "content_id", "period_start"),
                    sums(
                            truth,
                            metric.equals("plays") ? "play_count" : metric,
                            "content_id",
                            "period_start"));
        }
    }

    @Test
    void vehiclesByType() {
        assertThat(by(ask("Vehicles by type"), "vehicles", "window_start", "type"))
                .isEqualTo(
                        counts(
                                truth("vehicles", "finest"),
                                row -> key(day(row).atStartOfDay(), row.get("type"))));
    }

    @Test
    void attentionPerContent() {
        List<Row> rows = ask("Attention per content");
        String attention = "attention_time_in_milliseconds";

        assertThat(by(rows, "viewers", "content_id"))
                .isEqualTo(counts(contents(), content -> key(content.get("content_id"))));
        Map<String, Double> milliseconds = sums(contents(), attention, "content_id");
        milliseconds.replaceAll((content, time) -> time / 1000);
        assertSame(by(rows, "seconds", "content_id"), milliseconds);
    }

    @Test
    void freshnessOfEachLocation() {
        Map<String, Double> minutes =
                by(ask("How fresh the data of each location is"), "minutes_ago", "id", "label");

        assertThat(minutes).containsOnlyKeys("1056 location-1056", "1057 location-1057");
        // Cameras upload segments of five minutes. The query's time is a little before the list's.
        assertThat(minutes.get("1056 location-1056")).isBetween(-1.0, 6.0);
        assertThat(minutes.get("1057 location-1057")).isBetween(89.0, 96.0);
        assertThat(server.audit().calls()).isEqualTo(1);
    }

    @Test
    void weekOverWeek() {
        List<Row> rows = ask("Week over week");
        Map<String, Double> truth =
                sums(truth("viewers", "1d"), "watcher_count", "location_id", "period_start");

        assertThat(by(rows, "watcher_count", "location_id", "period_start")).isEqualTo(truth);
        assertThat(rows)
                .allSatisfy(
                        row -> {
                            LocalDateTime day = row.getFieldAs("period_start");
                            Object before = row.getField("a_week_before");
                            Double expected =
                                    truth.get(key(row.getField("location_id"), day.minusWeeks(1)));
                            assertThat(before == null ? null : ((Number) before).doubleValue())
                                    .isEqualTo(expected);
                        });
    }

    @Test
    void dailyTotalsThatLateUploadsCorrect() throws Exception {
        LocalDateTime now = END.plusHours(12);
        server.close();
        // No audience but what is uploaded here: as the clock goes on, nobody comes by.
        server = simulator().audience(0).clock(new SimulatedClock(now, 1)).start();
        upload(1056, END.minusHours(9), 10);
        upload(1056, END.minusHours(8), 20);
        upload(1057, END.plusHours(9), 30);
        TableEnvironment sql =
                environment(
                        EnvironmentSettings.inStreamingMode(),
                        """
                        'simulation.clock' = '%s:00/1', 'scan.window.delay' = '0 s'"""
                                .formatted(now));
        String insert = statements("Daily totals that late uploads correct").get(1);
        String query =
                replace(insert, "'2 d'", "'2 d', 'scan.refresh.interval' = '500 ms'")
                        .replaceFirst("^INSERT INTO \\S+\\s+", "");
        Map<String, Double> totals = new HashMap<>();
        try (CloseableIterator<Row> changes = sql.executeSql(query).collect()) {
            follow(changes, totals, dailyTruth(now));
            assertThat(totals).containsEntry("1056 2024-03-03", 30.0);

            upload(1056, END.minusHours(9), 4_710);
            follow(changes, totals, dailyTruth(now));
            assertThat(totals).containsEntry("1056 2024-03-03", 4_730.0);
        }
    }

    @Test
    void aYearToFiles(@TempDir Path directory) throws Exception {
        TableEnvironment sql = environment(EnvironmentSettings.inBatchMode(), "");
        List<String> statements = statements("A year to Parquet files");
        sql.executeSql(replace(statements.get(0), "/data/viewers", directory.toUri().toString()));
        sql.executeSql(statements.get(1)).await();

        try (Stream<Path> months = Files.list(directory)) {
            assertThat(months.map(month -> month.getFileName().toString()))
                    .hasSize(12)
                    .contains("month_of_data=2023-01", "month_of_data=2023-12");
        }
        LocalDateTime year = LocalDateTime.parse("2023-01-01T00:00");
        assertThat(
                        by(
                                rows(
                                        sql,
                                        "SELECT * FROM"
                                                + " default_catalog.default_database.year_of_viewers"),
                                "watcher_count",
                                "location_id",
                                "period_start"))
                .isEqualTo(
                        sums(
                                server.truth("viewers", "1d", LOCATIONS, year, year.plusYears(1)),
                                "watcher_count",
                                "location_id",
                                "period_start"));
    }

    private void upload(long location, LocalDateTime hour, long watchers) {
        server.upload(
                "viewers",
                "1h",
                List.of(
                        Map.of(
                                "location_id",
                                location,
                                "period_start",
                                hour,
                                "watcher_count",
                                watchers)));
    }

    /** Until the table that the changes make is the wanted one. */
    private static void follow(
            CloseableIterator<Row> changes, Map<String, Double> table, Map<String, Double> wanted) {
        while (!table.equals(wanted)) {
            Row change = changes.next();
            String key = key(change.getField(0), change.getField(1));
            if (change.getKind() == RowKind.DELETE) {
                table.remove(key);
            } else if (change.getKind() != RowKind.UPDATE_BEFORE) {
                table.put(key, number(change.getField(2)));
            }
        }
    }

    private Map<String, Double> dailyTruth(LocalDateTime now) {
        return sums(
                server.truth("viewers", "1h", LOCATIONS, START, now),
                "watcher_count",
                row -> key(row.get("location_id"), day(row)));
    }

    private static VidiCenterSimulator.Builder simulator() {
        VidiCenterSimulator.Builder builder =
                VidiCenterSimulator.builder()
                        .audience(0.05)
                        .buildTime(BuildTime.of(Duration.ofMillis(20)))
                        .limits(Limits.DEFAULT.withCallsPerMinute(5_000));
        SITES.forEach((location, site) -> builder.location(Location.of(location, site)));
        return builder;
    }

    /** The answer of the statement below a heading, in batch mode, of two weeks. */
    private List<Row> ask(String heading) {
        TableEnvironment sql =
                environment(EnvironmentSettings.inBatchMode(), "'scan.end' = '" + END + ":00'");
        List<String> statements = statements(heading);
        for (String statement : statements.subList(0, statements.size() - 1)) {
            String[] option = statement.split("'");
            assertThat(statement).startsWith("SET ");
            sql.getConfig().set(option[1], option[3]);
        }
        List<Row> rows = rows(sql, statements.get(statements.size() - 1));
        assertThat(rows).isNotEmpty();
        return rows;
    }

    private TableEnvironment environment(EnvironmentSettings settings, String options) {
        TableEnvironment sql = TableEnvironment.create(settings);
        sql.getConfig().set("parallelism.default", "1");
        String catalog = DocumentedSql.statements(page).get(0);
        catalog = replace(catalog, "'me'", "'" + server.username() + "'");
        catalog =
                replace(
                        catalog,
                        "'token-file' = '/run/secrets/vidicenter'",
                        """
                        'url' = '%s', 'token' = '%s', 'poll.min-interval' = '20 ms',
                        'quota.requests-per-minute' = '5000'"""
                                        .formatted(server.url(), server.token())
                                + (options.isEmpty() ? "" : ", " + options));
        sql.executeSql(replace(catalog, "-P14D", START + ":00"));
        sql.executeSql(DocumentedSql.statements(page).get(1));
        return sql;
    }

    private List<String> statements(String heading) {
        return DocumentedSql.statements(DocumentedSql.section(page, heading));
    }

    private static String replace(String statement, String shown, String used) {
        assertThat(statement).contains(shown);
        return statement.replace(shown, used);
    }

    private static List<Row> rows(TableEnvironment sql, String query) {
        return CollectionUtil.iteratorToList(sql.executeSql(query).collect());
    }

    private Stream<Map<String, Object>> truth(String dataType, String resolution) {
        return server.truth(dataType, resolution, LOCATIONS, START, END);
    }

    private Stream<Map<String, Object>> byDemographics() {
        return server.truth("viewers", "1d", LOCATIONS, START, END, true);
    }

    @SuppressWarnings("unchecked")
    private Stream<Map<String, Object>> contents() {
        return truth("viewers_apc", "finest")
                .flatMap(row -> ((List<Map<String, Object>>) row.get("contents")).stream());
    }

    private static String siteLabel(Object location) {
        return "site-" + SITES.get(location);
    }

    private static String read() {
        try {
            return Files.readString(
                    Path.of(System.getProperty("basedir", ".")).resolve("../docs/cookbook.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
