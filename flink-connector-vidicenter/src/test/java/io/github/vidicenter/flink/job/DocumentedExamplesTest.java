package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.vidicenter.flink.schema.Column;
import io.github.vidicenter.flink.schema.DataType;
import io.github.vidicenter.flink.window.TimeResolution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The answers that the API document prints ("Data formats"), made valid JSON where they are not:
 * trailing and missing commas, an ellipsis, single quotes. Each is read through SQL with all
 * columns of its data type, and every value compared. {@code persons}, as the footfall examples
 * call it, is {@code footfall}.
 */
class DocumentedExamplesTest {

    private static final String FOLDER = "examples/";
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    /**
     * File names tell the export: {@code <data type>-<resolution>[-by-demographics][-<number>]}.
     */
    record Example(
            String file, String dataType, TimeResolution resolution, boolean byDemographics) {

        static Example of(String file) {
            String[] parts = file.replace(".json", "").split("-", 3);
            return new Example(
                    file,
                    parts[0],
                    TimeResolution.of(parts[1]).orElseThrow(),
                    parts.length > 2 && parts[2].startsWith("by-demographics"));
        }

        List<Column> columns() {
            return DataType.find(dataType).orElseThrow().columns(resolution, byDemographics);
        }

        String body() {
            try (InputStream in = DocumentedExamplesTest.class.getResourceAsStream(FOLDER + file)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<JsonNode> rows() {
            try {
                List<JsonNode> rows = new ArrayList<>();
                JSON.readTree(body()).get("data").forEach(rows::add);
                return rows;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Example> examples() throws IOException {
        try (InputStream list = DocumentedExamplesTest.class.getResourceAsStream(FOLDER)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().map(Example::of).toList().stream();
        }
    }

    @Test
    void allAreHere() throws IOException {
        assertThat(examples()).hasSize(24);
        assertThat(examples().mapToInt(example -> example.rows().size()).sum()).isEqualTo(64);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyKeyIsAColumn(Example example) {
        List<String> columns = example.columns().stream().map(Column::name).toList();
        Set<String> keys = new HashSet<>();
        example.rows().forEach(row -> row.fieldNames().forEachRemaining(keys::add));

        assertThat(columns).containsAll(keys);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void columnsThatAreNotNullAlwaysHaveAValue(Example example) {
        List<String> always =
                example.columns().stream()
                        .filter(column -> !column.nullable())
                        .map(Column::name)
                        .filter(name -> !name.equals("period_start"))
                        .toList();

        assertThat(example.rows())
                .allSatisfy(
                        row -> always.forEach(name -> assertThat(row.hasNonNull(name)).isTrue()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyValueComesThroughSql(Example example) throws Exception {
        List<String> expected =
                example.rows().stream().map(row -> expected(row, example.columns())).toList();
        List<String> read = new ArrayList<>();
        try (MockWebServer server = new MockWebServer()) {
            server.setDispatcher(always(example.body()));
            server.start();
            TableEnvironment sql = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
            sql.executeSql(ddl(example, server.url("/").toString()));
            try (CloseableIterator<Row> rows = sql.executeSql("SELECT * FROM t").collect()) {
                rows.forEachRemaining(row -> read.add(ExpectedRow.of(row)));
            }
        }

        assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Dispatcher always(String body) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder().body(body).build();
            }
        };
    }

    private static String expected(JsonNode row, List<Column> columns) {
        List<Object> values = new ArrayList<>();
        for (Column column : columns) {
            JsonNode value = row.get(column.name());
            if (value == null && Set.of("period_start", "start_time").contains(column.name())) {
                value = row.has("period_start") ? row.get("period_start") : row.get("start_time");
            }
            values.add(expected(value, column.type()));
        }
        return values.toString();
    }

    private static Object expected(JsonNode value, LogicalType type) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isArray()) {
            List<Object> elements = new ArrayList<>();
            value.forEach(element -> elements.add(nested(element, type.getChildren().get(0))));
            return elements;
        }
        if (type.is(LogicalTypeFamily.NUMERIC)) {
            return value.asDouble();
        }
        if (type.is(LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE)) {
            return LocalTime.parse(value.asText()).toString();
        }
        return type.is(LogicalTypeFamily.TIMESTAMP) ? time(value).toString() : value.asText();
    }

    private static List<Object> nested(JsonNode object, LogicalType type) {
        List<String> names = ((RowType) type).getFieldNames();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            values.add(expected(object.get(names.get(i)), type.getChildren().get(i)));
        }
        return values;
    }

    private static LocalDateTime time(JsonNode value) {
        return LocalDateTime.parse(value.asText().replace(' ', 'T'));
    }

    /** The scan is about the days of the rows: some calls that the document prints are not. */
    private static String ddl(Example example, String url) {
        List<LocalDateTime> starts =
                example.rows().stream()
                        .map(row -> row.has("period_start") ? "period_start" : "start_time")
                        .distinct()
                        .flatMap(key -> example.rows().stream().map(row -> time(row.get(key))))
                        .sorted()
                        .toList();
        Map<String, String> options = new LinkedHashMap<>();
        options.put("connector", "vidicenter");
        options.put("url", url);
        options.put("username", "me");
        options.put("token", "secret");
        options.put("data-type", example.dataType());
        options.put("time-resolution", example.resolution().value());
        options.put(example.dataType().contains("_by_site") ? "sites" : "locations", "1");
        options.put("scan.start", day(starts.get(0)));
        options.put("scan.end", day(starts.get(starts.size() - 1).plusDays(1)));
        options.put("group-by-demographics", String.valueOf(example.byDemographics()));
        if (example.dataType().startsWith("extrapolated")) {
            options.put("extrapolation-amount", "12");
        }
        return "CREATE TABLE t ("
                + example.columns().stream()
                        .map(c -> "`" + c.name() + "` " + c.type().asSerializableString())
                        .collect(Collectors.joining(", "))
                + ") WITH ("
                + options.entrySet().stream()
                        .map(o -> "'" + o.getKey() + "' = '" + o.getValue() + "'")
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String day(LocalDateTime time) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time.truncatedTo(ChronoUnit.DAYS));
    }
}
