package io.github.vidicenter.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.window.TimeResolution;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No answer makes the decoder take memory without bound: what is too much is refused by name. */
class ExportBoundsTest {

    private static final String LONG_TEXT = "x".repeat((1 << 20) + 1);

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                Arguments.of("\"text\":" + "[".repeat(65), "depth"),
                Arguments.of("\"text\":\"" + LONG_TEXT + "\"", "length"),
                Arguments.of("\"text\":" + "1".repeat(401), "length"),
                Arguments.of("\"other\":1." + "1".repeat(401), "length"),
                Arguments.of("\"" + "x".repeat(50_001) + "\":1", "length"));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void isRefused(String key, String named) {
        RowReader<RowData> reader = Decoding.of("text", DataTypes.STRING()).reader();

        assertThatThrownBy(() -> Decoding.rows(reader, "{" + Decoding.START + "," + key + "}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(named);
    }

    @Test
    void aLongTextThatNobodyAskedForIsPassedOver() throws Exception {
        RowData row =
                Decoding.of("age", DataTypes.INT())
                        .row("{" + Decoding.START + ",\"other\":\"" + LONG_TEXT + "\",\"age\":7}");

        assertThat(row.getInt(0)).isEqualTo(7);
    }

    @Test
    void aRowMayHaveAnyNumberOfKeys() throws Exception {
        String keys =
                IntStream.range(0, 20_000)
                        .mapToObj(i -> "\"key" + i + "\":" + i)
                        .collect(Collectors.joining(","));
        RowReader<RowData> reader = Decoding.of("key19999", DataTypes.INT()).reader();
        String row = "{" + Decoding.START + "," + keys + "}";

        assertThat(Decoding.rows(reader, row, row))
                .extracting(r -> r.getInt(0))
                .containsExactly(19_999, 19_999);
    }

    @Test
    void aRowThatNeverEndsIsRefused() throws Exception {
        byte[] block = ("\"" + "x".repeat(1 << 16) + "\",").getBytes(StandardCharsets.UTF_8);
        InputStream endless =
                new SequenceInputStream(
                        new ByteArrayInputStream("{\"data\":[{\"a\":[".getBytes()),
                        new SequenceInputStream(
                                Collections.enumeration(
                                        Collections.nCopies(2_000, block).stream()
                                                .map(ByteArrayInputStream::new)
                                                .toList())));
        try (ExportRows<RowData> rows = rows(endless, Long.MAX_VALUE)) {
            assertThatThrownBy(rows::next)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a row of the export is longer than 64 MiB");
        }
    }

    @Test
    void moreRowsThanAnExportCanHaveAreRefused() throws Exception {
        String row = "{" + Decoding.START + "}";
        byte[] json = ("{\"data\":[" + row + "," + row + "," + row + "]}").getBytes();
        try (ExportRows<RowData> rows = rows(new ByteArrayInputStream(json), 2)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isTrue();
            assertThatThrownBy(rows::next)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the export has more than 2 rows");
        }
        assertThat(ExportRows.MAX_ROWS).as("of the API").isGreaterThan(20_000_000);
    }

    private static ExportRows<RowData> rows(InputStream body, long maxRows) throws IOException {
        return new ExportRows<>(
                body,
                Decoding.of("age", DataTypes.INT()).reader(),
                0,
                Long.MAX_VALUE,
                Decoding.windows(TimeResolution.MINUTES_5, 0, Long.MAX_VALUE),
                maxRows);
    }
}
