package io.github.vidicenter.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.window.TimeResolution;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;

class JacksonDeserializerTest {

    /** A record. */
    public record Watchers(
            long locationId,
            LocalDateTime periodStart,
            Integer watcherCount,
            @JsonProperty("conversion_ratio") BigDecimal conversion) {}

    /** A POJO with public fields, metadata and what is not of the API. */
    public static class Watched {
        public LocalDate periodStartDate;
        public LocalTime periodStartTime;
        public String watcherCount;
        public LocalDateTime windowStart;
        public LocalDateTime creationDate;
        public String record;
        @JsonIgnore public Instant seen;
    }

    public record Viewer(LocalDateTime periodStart, List<Content> contents) {}

    public record Content(String contentId, Integer dwellTimeInMilliseconds) {}

    public record Misspelt(Long watcherCuont) {}

    public record WrongType(LocalDateTime watcherCount) {}

    public record NoType(Instant periodStart) {}

    public record AnyType(Map<String, String> contents) {}

    public record Empty() {}

    @Test
    void recordsAreFilledByKey() throws Exception {
        assertThat(
                        read(
                                Watchers.class,
                                viewers(),
                                "{\"new_key\":[{}],\"conversion_ratio\":\"12.50\",\"watcher_count\":160.0,"
                                        + "\"location_id\":\"1056\",\"period_start\":\"2024-03-04T10:00:00\"}",
                                "{\"location_id\":1057,\"period_start\":\"2024-03-04 10:05\",\"watcher_count\":null}"))
                .usingRecursiveFieldByFieldElementComparator()
                .satisfiesExactly(
                        first -> {
                            assertThat(first.locationId()).isEqualTo(1056);
                            assertThat(first.periodStart()).isEqualTo("2024-03-04T10:00:00");
                            assertThat(first.watcherCount()).isEqualTo(160);
                            assertThat(first.conversion()).isEqualByComparingTo("12.5");
                        },
                        second ->
                                assertThat(second)
                                        .isEqualTo(
                                                new Watchers(
                                                        1057,
                                                        LocalDateTime.parse("2024-03-04T10:05"),
                                                        null,
                                                        null)));
    }

    @Test
    void pojosAreFilledByKeyAndMetadata() throws Exception {
        String json =
                "{\"location_id\":1,\"period_start\":\"2024-03-04 10:05:00\",\"period_start_date\":"
                        + "\"2024-03-04\",\"period_start_time\":\"10:05:00\",\"watcher_count\":7}";

        Watched watched = read(Watched.class, viewers(), json).get(0);

        assertThat(watched.periodStartDate).isEqualTo("2024-03-04");
        assertThat(watched.periodStartTime).isEqualTo("10:05:00");
        assertThat(watched.watcherCount).isEqualTo("7");
        assertThat(watched.windowStart).isEqualTo("2024-03-04T10:00:00");
        assertThat(watched.creationDate).isEqualTo("2024-03-05T01:02:03");
        assertThat(watched.record).isEqualTo(json);
    }

    @Test
    void nestedClassesAndListsAreFilled() throws Exception {
        OptionsOf apc =
                viewers().with("data-type", "viewers_apc").with("time-resolution", "finest");

        assertThat(
                        read(
                                Viewer.class,
                                apc,
                                "{\"start_time\":\"2024-03-04 10:00:07\",\"contents\":[{\"app_id\":1,"
                                        + "\"content_id\":\"spot\",\"dwell_time_in_milliseconds\":70}]}"))
                .containsExactly(
                        new Viewer(
                                LocalDateTime.parse("2024-03-04T10:00:07"),
                                List.of(new Content("spot", 70))));
    }

    @Test
    void equalRowsHaveEqualHashesWhateverTheirForm() throws Exception {
        RowReader<Watchers> reader = reader(Watchers.class, viewers());
        List<Long> hashes = new ArrayList<>();
        List<Long> keys = new ArrayList<>();
        try (ExportRows<Watchers> rows =
                rows(
                        reader,
                        "{\"location_id\":1,\"period_start\":\"2024-03-04 10:00\",\"watcher_count\":2}",
                        "{\"watcher_count\":\"2.0\",\"location_id\":\"1\",\"period_start\":\"2024-03-04T10:00:00\"}",
                        "{\"location_id\":1,\"period_start\":\"2024-03-04 10:00\",\"watcher_count\":3}")) {
            while (rows.next()) {
                hashes.add(rows.rowHash());
                keys.add(rows.keyHash());
            }
        }
        assertThat(hashes.get(0)).isEqualTo(hashes.get(1)).isNotEqualTo(hashes.get(2));
        assertThat(keys.get(0)).isEqualTo(keys.get(1)).isEqualTo(keys.get(2));
        assertThat(reader.keyed()).isTrue();
    }

    @Test
    void lossAndMissingPrimitivesAreErrors() {
        String start = "{\"period_start\":\"2024-03-04 10:00\",";
        assertThatThrownBy(
                        () ->
                                read(
                                        Watchers.class,
                                        viewers(),
                                        start + "\"location_id\":1,\"watcher_count\":160.5}"))
                .isInstanceOf(ExportDecodeException.class)
                .hasMessageContaining("column 'watcher_count' is declared INT")
                .hasMessageContaining("160.5");
        assertThatThrownBy(() -> read(Watchers.class, viewers(), start + "\"watcher_count\":1}"))
                .isInstanceOf(ExportDecodeException.class)
                .hasMessageContaining("column 'location_id' is declared NOT NULL");
    }

    @Test
    void propertiesAreCheckedWhenTheSourceIsBuilt() {
        assertRefused(Misspelt.class, "Column 'watcher_cuont'", "Did you mean 'watcher_count'?");
        assertRefused(WrongType.class, "Column 'watcher_count' can't be declared TIMESTAMP(9)");
        assertRefused(NoType.class, "NoType.periodStart is a Instant", "LocalDateTime");
        assertRefused(AnyType.class, "AnyType.contents is a Map");
        assertRefused(Empty.class, "Empty has nothing to set");
    }

    @Test
    void flinkSeesTheClassAsAPojo() {
        assertThat(JacksonDeserializer.of(Watchers.class).getProducedType())
                .isInstanceOf(PojoTypeInfo.class);
    }

    private static void assertRefused(Class<?> bean, String... messages) {
        assertThatThrownBy(() -> JacksonDeserializer.of(bean).configure(viewers().read()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContainingAll(messages);
    }

    private static OptionsOf viewers() {
        return OptionsOf.viewers();
    }

    private static <T> List<T> read(Class<T> bean, OptionsOf options, String... json)
            throws Exception {
        List<T> records = new ArrayList<>();
        try (ExportRows<T> rows = rows(reader(bean, options), json)) {
            while (rows.next()) {
                records.add(rows.row());
            }
        }
        return records;
    }

    private static <T> RowReader<T> reader(Class<T> bean, OptionsOf options) {
        return JacksonDeserializer.of(bean)
                .configure(options.read())
                .createReader(
                        new ExportContext(
                                "2024-03-05 01:02:03",
                                Decoding.windows(TimeResolution.MINUTES_5, 0, Long.MAX_VALUE),
                                ExportContext.Revisions.FIRST,
                                () -> {}));
    }

    private static <T> ExportRows<T> rows(RowReader<T> reader, String... rows) throws Exception {
        String json = "{\"state\":\"finished\",\"data\":[" + String.join(",", rows) + "]}";
        return new ExportRows<>(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                reader,
                0,
                Long.MAX_VALUE,
                Decoding.windows(TimeResolution.MINUTES_5, 0, Long.MAX_VALUE));
    }
}
