package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.schema.Column;
import io.github.vidicenter.flink.schema.DataType;
import io.github.vidicenter.flink.window.TimeResolution;
import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every data type at every resolution, grouped or not, in both editions of the API, with all its
 * columns through SQL: exactly the rows that there are.
 */
class AllExportsTest {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    private static final List<String> NEWER_ONLY =
            List.of(
                    "content_plays",
                    "im_nobackup",
                    "im_ots",
                    "im_ots_nobackup",
                    "retail_analytics_footfall",
                    "retail_analytics_footfall_aggregated",
                    "targeted_im");

    private static final AtomicInteger EXPORTS = new AtomicInteger();
    private static final AtomicInteger ROWS = new AtomicInteger();
    private static VidiCenterSimulator oldEdition;
    private static VidiCenterSimulator newEdition;
    private VidiCenterSimulator server;

    /** A data type in an edition of the API. */
    record Case(DataType type, boolean newEdition) {
        @Override
        public String toString() {
            return type.id() + (newEdition ? ", newer edition" : "");
        }
    }

    /** One export of it. */
    private record Export(DataType type, TimeResolution resolution, boolean byDemographics) {
        List<Column> columns() {
            return type.columns(resolution, byDemographics);
        }
    }

    @BeforeAll
    static void startServers() {
        oldEdition = start();
        newEdition = start(Dialect.NEW_EDITION);
    }

    private static VidiCenterSimulator start(Dialect... dialect) {
        return VidiCenterSimulator.builder()
                .locations(1056, 1057)
                .buildTime(BuildTime.NONE)
                .limits(Limits.NONE)
                .dialect(dialect)
                .start();
    }

    @AfterAll
    static void stopServers() {
        oldEdition.close();
        newEdition.close();
        System.out.printf("AllExportsTest: %s exports, %s rows%n", EXPORTS, ROWS);
        assertThat(EXPORTS).hasValueGreaterThanOrEqualTo(436);
    }

    static Stream<Case> cases() {
        return DataType.all().stream()
                .flatMap(type -> Stream.of(new Case(type, false), new Case(type, true)))
                .filter(c -> c.newEdition() || !NEWER_ONLY.contains(c.type().id()))
                .filter(c -> !c.newEdition() || !c.type().id().equals("im_ccs"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsRightThroughSql(Case each) {
        server = each.newEdition() ? newEdition : oldEdition;
        Map<String, List<Export>> alike = new LinkedHashMap<>();
        for (TimeResolution resolution : each.type().resolutions()) {
            for (boolean byDemographics : new boolean[] {false, true}) {
                if (!each.type().columns(resolution, byDemographics).isEmpty()) {
                    Export export = new Export(each.type(), resolution, byDemographics);
                    alike.computeIfAbsent(columns(export), key -> new ArrayList<>()).add(export);
                }
            }
        }
        alike.values().forEach(this::check);
    }

    /** Exports with the same columns are read by one job, which is what takes the time. */
    private void check(List<Export> exports) {
        TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        StringJoiner query = new StringJoiner(" UNION ALL ");
        List<List<String>> read = new ArrayList<>();
        for (int i = 0; i < exports.size(); i++) {
            sql.executeSql(ddl("t" + i, exports.get(i)));
            query.add("SELECT *, " + i + " FROM t" + i);
            read.add(new ArrayList<>());
        }
        try (CloseableIterator<Row> rows = sql.executeSql(query.toString()).collect()) {
            rows.forEachRemaining(
                    row -> {
                        int columns = row.getArity() - 1;
                        read.get((int) row.getField(columns))
                                .add(ExpectedRow.of(Row.project(row, range(columns))));
                    });
        } catch (Exception e) {
            throw new AssertionError(exports.toString(), e);
        }
        for (int i = 0; i < exports.size(); i++) {
            check(exports.get(i), read.get(i));
        }
    }

    private static int[] range(int size) {
        return IntStream.range(0, size).toArray();
    }

    private void check(Export export, List<String> read) {
        assertThat(read)
                .as(export.toString())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        server.truth(call(export))
                                .map(row -> ExpectedRow.of(row, export.columns()))
                                .toList());
        EXPORTS.incrementAndGet();
        ROWS.addAndGet(read.size());
    }

    private static LocalDateTime start(TimeResolution resolution) {
        return resolution == TimeResolution.MONTH
                ? LocalDateTime.parse("2024-03-01T00:00:00")
                : LocalDateTime.parse("2024-03-04T00:00:00").plusHours(hour(resolution));
    }

    private static int hour(TimeResolution resolution) {
        return switch (resolution) {
            case DAY, DAYS_7, DAYS_30, MONTH -> 0;
            default -> 10;
        };
    }

    private static LocalDateTime end(TimeResolution resolution) {
        LocalDateTime start = start(resolution);
        return switch (resolution) {
            case DAY -> start.plusDays(2);
            case DAYS_7 -> start.plusDays(14);
            case DAYS_30 -> start.plusDays(30);
            case MONTH -> start.plusMonths(2);
            default -> start.plusHours(2);
        };
    }

    private static Map<String, String> call(Export export) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("data_type", export.type.id());
        parameters.put("time_resolution", export.resolution.value());
        parameters.put("locations", "1056,1057");
        parameters.put("start", start(export.resolution) + ":00");
        parameters.put("end", end(export.resolution) + ":00");
        if (export.byDemographics) {
            parameters.put("group_by_demographics", "1");
        }
        if (export.type.extrapolationRequired()) {
            parameters.put("extrapolation_amount", "12");
        }
        return parameters;
    }

    private static String columns(Export export) {
        return export.columns().stream()
                .map(c -> "`" + c.name() + "` " + c.type().asSerializableString())
                .collect(Collectors.joining(", "));
    }

    private String ddl(String table, Export export) {
        Map<String, String> options = new HashMap<>();
        options.put("connector", "vidicenter");
        options.put("url", server.url().toString());
        options.put("username", server.username());
        options.put("token", server.token());
        options.put("data-type", export.type.id());
        options.put("time-resolution", export.resolution.value());
        options.put("locations", "1056,1057");
        options.put("scan.start", start(export.resolution) + ":00");
        options.put("scan.end", end(export.resolution) + ":00");
        options.put("poll.min-interval", "2 ms");
        options.put("poll.max-interval", "10 ms");
        options.put("quota.requests-per-minute", "100000");
        if (export.byDemographics) {
            options.put("group-by-demographics", "true");
        }
        if (export.type.extrapolationRequired()) {
            options.put("extrapolation-amount", "12");
        }
        return "CREATE TABLE "
                + table
                + " ("
                + columns(export)
                + ") WITH ("
                + options.entrySet().stream()
                        .map(o -> "'" + o.getKey() + "' = '" + o.getValue() + "'")
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
