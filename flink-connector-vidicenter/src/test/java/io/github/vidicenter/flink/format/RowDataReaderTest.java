package io.github.vidicenter.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.window.LocalTimes;
import io.github.vidicenter.flink.window.TimeResolution;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowDataReaderTest {

    private static final long TEN = LocalTimes.toMillis(LocalDateTime.parse("2024-03-04T10:00"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"period_start\":\"2024-03-04 10:00:00\"",
                "\"period_start\":\"2024-03-04T10:00:00\"",
                "\"period_start\":\"2024-03-04 10:00\"",
                "\"period_start\":\"2024-03-04T10:00:00.000000\"",
                "\"start_time\":\"2024-03-04T10:00:00\"",
                "\"period_start_time\":\"10:00\",\"period_start_date\":\"2024-03-04\"",
                "\"period_start_date\":\"2024-03-04\",\"period_start_time\":\"10:00:00\"",
                "\"period_start_date\":\"1999-01-01\",\"period_start_time\":\"00:00\","
                        + "\"period_start\":\"2024-03-04 10:00:00\""
            })
    void theStartOfARowIsReadInAllItsForms(String start) throws Exception {
        for (String name : List.of("period_start", "start_time")) {
            RowReader<RowData> reader = Decoding.of(name, DataTypes.TIMESTAMP(3)).reader();

            List<RowData> rows = Decoding.rows(reader, "{" + start + "}");

            assertThat(rows.get(0).getTimestamp(0, 3).getMillisecond()).isEqualTo(TEN);
            assertThat(reader.periodStart()).isEqualTo(TEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"period_start\":null}",
                "{\"period_start\":\"soon\"}",
                "{\"period_start\":17}",
                "{\"period_start_date\":\"2024-03-04\"}"
            })
    void aRowWithoutAStartIsAnErrorThatShowsIt(String row) {
        RowReader<RowData> reader = Decoding.of("age", DataTypes.INT()).reader();

        assertThatThrownBy(() -> Decoding.rows(reader, row))
                .isInstanceOf(ExportDecodeException.class)
                .hasMessageContaining("'period_start'")
                .hasMessageContaining(row);
    }

    @Test
    void keysMayComeInAnyOrderBeMissingOrUnknown() throws Exception {
        RowReader<RowData> reader =
                Decoding.of("age", DataTypes.INT()).field("gender", DataTypes.INT()).reader();

        List<RowData> rows =
                Decoding.rows(
                        reader,
                        "{" + Decoding.START + ",\"age\":1,\"gender\":2}",
                        "{\"gender\":4,\"new\":{\"age\":9},\"age\":3," + Decoding.START + "}",
                        "{\"gender\":6," + Decoding.START + "}",
                        "{" + Decoding.START + ",\"age\":1,\"gender\":2}");

        assertThat(rows)
                .extracting(row -> row.isNullAt(0) ? null : row.getInt(0))
                .containsExactly(1, 3, null, 1);
        assertThat(rows).extracting(row -> row.getInt(1)).containsExactly(2, 4, 6, 2);
    }

    @Test
    void keysAreKnownByTheirNameHoweverItIsWrittenAndHoweverManyThereAre() throws Exception {
        RowReader<RowData> reader = Decoding.of("age", DataTypes.INT()).reader();
        String many =
                IntStream.range(0, 5_000)
                        .mapToObj(i -> "\"key" + i + "\":" + i)
                        .collect(Collectors.joining(","));

        List<RowData> rows =
                Decoding.rows(
                        reader,
                        "{" + many + ",\"age\":1," + Decoding.START + "}",
                        "{" + many + ",\"\\u0061ge\":2," + Decoding.START + "}",
                        "{" + Decoding.START + ",\"\\u0061ge\":3}",
                        "{" + Decoding.START + ",\"age\":4,\"ag\":5,\"ages\":6}");

        assertThat(rows).extracting(row -> row.getInt(0)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aStartThatItsColumnCantHoldIsTheRowsStartAllTheSame() throws Exception {
        RowReader<RowData> reader =
                Decoding.of("period_start", DataTypes.TIMESTAMP(0))
                        .option("decode.ignore-parse-errors", "true")
                        .reader();

        List<RowData> rows =
                Decoding.rows(reader, "{\"period_start\":\"2024-03-04T10:00:00.500\"}");

        assertThat(rows.get(0).isNullAt(0)).isTrue();
        assertThat(reader.periodStart()).isEqualTo(TEN + 500);
    }

    @Test
    void printedExamplesWithTrailingCommasAreRead() throws Exception {
        String json = "{\"data\":[{" + Decoding.START + ",\"age\":1,},],\"state\":\"finished\",}";
        try (ExportRows<RowData> rows =
                new ExportRows<>(
                        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                        Decoding.of("age", DataTypes.INT()).reader(),
                        0,
                        Long.MAX_VALUE,
                        Decoding.windows(TimeResolution.MINUTES_5, 0, Long.MAX_VALUE))) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.row().getInt(0)).isEqualTo(1);
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void rowsOutsideTheAskedTimeAreDroppedAndCounted() throws Exception {
        RowReader<RowData> reader = Decoding.of("age", DataTypes.INT()).reader();
        try (ExportRows<RowData> rows =
                Decoding.export(
                        reader,
                        "{\"period_start\":\"2023-12-31 23:59:59\",\"age\":1}",
                        "{\"period_start\":\"2024-01-01 00:00:00\",\"age\":2}",
                        "{\"period_start\":\"2025-01-01 00:00:00\",\"age\":3}")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.row().getInt(0)).isEqualTo(2);
            assertThat(rows.next()).isFalse();
            assertThat(rows.dropped()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DAYS_7", "DAYS_30", "MONTH"})
    void aBucketThatIsNoWindowIsAnErrorWhereBucketsAreWindows(TimeResolution resolution)
            throws Exception {
        String monday = "{\"period_start\":\"2024-03-04 00:00:00\",\"age\":1}";
        try (ExportRows<RowData> rows =
                Decoding.export(
                        Decoding.of("age", DataTypes.INT()).reader(),
                        resolution,
                        "2024-03-06",
                        "2024-05-01",
                        monday)) {
            assertThatThrownBy(rows::next)
                    .isInstanceOf(ExportDecodeException.class)
                    .hasMessageContaining("Set 'scan.start' to '2024-03-04T00:00:00'");
        }
    }

    @Test
    void aBucketOfAnotherWindowAndTheOneAtTheScansEndAreJustDropped() throws Exception {
        RowReader<RowData> reader = Decoding.of("age", DataTypes.INT()).reader();
        try (ExportRows<RowData> rows =
                Decoding.export(
                        reader,
                        TimeResolution.DAYS_7,
                        "2024-03-06",
                        "2024-03-20",
                        "{\"period_start\":\"2024-03-06 00:00:00\",\"age\":1}",
                        "{\"period_start\":\"2024-03-20 00:00:00\",\"age\":2}")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isFalse();
            assertThat(rows.dropped()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"data\":[{\"period_start\":\"2024-03-04 10:00:00\",\"age\":1",
                "{\"data\":[{\"period_start\":\"2024-03-04 10:00:00\",\"age\":1}",
                "{\"data\":[1]}",
                "{\"state\":\"finished\"}",
                "{\"data\":[{\"age\":tru}]}"
            })
    void whatIsNoWholeAnswerIsAnIoException(String json) {
        RowReader<RowData> reader = Decoding.of("age", DataTypes.INT()).reader();
        assertThatThrownBy(
                        () -> {
                            try (ExportRows<RowData> rows =
                                    new ExportRows<>(
                                            new ByteArrayInputStream(
                                                    json.getBytes(StandardCharsets.UTF_8)),
                                            reader,
                                            0,
                                            Long.MAX_VALUE,
                                            Decoding.windows(
                                                    TimeResolution.MINUTES_5, 0, Long.MAX_VALUE))) {
                                while (rows.next()) {
                                    assertThat(rows.row()).isNotNull();
                                }
                            }
                        })
                .isInstanceOf(IOException.class);
    }

    @Test
    void metadataTellsExportWindowAndText() throws Exception {
        String text = "{ \"age\" : 1.0,\t\"x\":\"ä\\u00e4\", " + Decoding.START + " }";
        RowData row =
                new Decoding()
                        .option("scan.window.size", "1 h")
                        .metadata(MetadataColumn.CREATION_DATE)
                        .metadata(MetadataColumn.WINDOW_START)
                        .metadata(MetadataColumn.WINDOW_END)
                        .metadata(MetadataColumn.REVISION)
                        .metadata(MetadataColumn.RECORD)
                        .row(text);

        assertThat(row.getTimestamp(0, 3))
                .isEqualTo(
                        TimestampData.fromLocalDateTime(
                                LocalDateTime.parse("2024-03-05T01:02:03")));
        assertThat(row.getTimestamp(1, 3).getMillisecond()).isEqualTo(TEN);
        assertThat(row.getTimestamp(2, 3).getMillisecond()).isEqualTo(TEN + 3_600_000);
        assertThat(row.getInt(3)).isZero();
        assertThat(row.getString(4)).hasToString(text);
    }

    @Test
    void aCreationDateInAnotherFormIsReadAndOneThatIsNoneConcernsWhoAsksForIt() throws Exception {
        for (String zoned : new String[] {"Z", "+00:00", ".5+0100"}) {
            Decoding dated = new Decoding().metadata(MetadataColumn.CREATION_DATE);
            dated.creationDate = "2024-03-05T01:02:03" + zoned;
            assertThat(dated.row("{" + Decoding.START + "}").getTimestamp(0, 3).toString())
                    .startsWith("2024-03-05T01:02:03");
        }
        Decoding others = Decoding.of("age", DataTypes.INT());
        others.creationDate = "v1";
        assertThat(others.row("{" + Decoding.START + ",\"age\":3}").getInt(0)).isEqualTo(3);

        Decoding strict = new Decoding().metadata(MetadataColumn.CREATION_DATE);
        strict.creationDate = "v1";
        assertThatThrownBy(strict::reader)
                .isInstanceOf(ExportDecodeException.class)
                .hasMessageContaining("'creation_date'")
                .hasMessageContaining("\"v1\"");
        Decoding ignoring = strict.option("decode.ignore-parse-errors", "true");
        assertThat(ignoring.row("{" + Decoding.START + "}").isNullAt(0)).isTrue();
        assertThat(ignoring.parseErrors).hasValue(1);
    }

    @Test
    void theTextOfEachRowIsItsOwnHoweverLong() throws Exception {
        String[] rows = new String[200];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = "{" + Decoding.START + ",\"x\":\"" + "é".repeat(i * 37) + "\"}";
        }
        List<RowData> decoded =
                Decoding.rows(new Decoding().metadata(MetadataColumn.RECORD).reader(), rows);

        assertThat(decoded).extracting(row -> row.getString(0).toString()).containsExactly(rows);
    }

    @Test
    void nestedFieldsCanBeProjected() throws Exception {
        RowData row =
                new Decoding()
                        .field(
                                new FieldSource.Key(List.of("a", "b", "c")),
                                "a_b_c",
                                DataTypes.INT())
                        .field(new FieldSource.Key(List.of("a", "d")), "a_d", DataTypes.STRING())
                        .row(
                                "{\"a\":{\"x\":[],\"b\":{\"c\":7,\"y\":{}},\"d\":\"e\"},"
                                        + Decoding.START
                                        + "}");

        assertThat(row.getInt(0)).isEqualTo(7);
        assertThat(row.getString(1)).hasToString("e");
    }
}
