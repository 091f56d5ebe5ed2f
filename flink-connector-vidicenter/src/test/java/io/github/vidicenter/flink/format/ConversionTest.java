package io.github.vidicenter.flink.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A column may have any SQL type that the value converts to without loss. */
class ConversionTest {

    private static final DataType PAIR =
            DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.INT()),
                    DataTypes.FIELD("name", DataTypes.STRING()));

    static Stream<Arguments> fitting() {
        return Stream.of(
                fit(DataTypes.TINYINT(), "-128", (byte) -128),
                fit(DataTypes.SMALLINT(), "\"32767\"", (short) 32767),
                fit(DataTypes.INT(), "160.0", 160),
                fit(DataTypes.INT(), "1.6e2", 160),
                fit(DataTypes.BIGINT(), "9223372036854775807", Long.MAX_VALUE),
                fit(DataTypes.BIGINT(), "\" 12 \"", 12L),
                fit(DataTypes.BIGINT(), "null", null),
                fit(DataTypes.DOUBLE(), "66.66666666666666", 66.66666666666666),
                fit(DataTypes.DOUBLE(), "\"0.242\"", 0.242),
                fit(DataTypes.DOUBLE(), "3", 3.0),
                fit(DataTypes.DOUBLE(), "-0.0", 0.0),
                fit(DataTypes.FLOAT(), "0.242", 0.242f),
                fit(DataTypes.FLOAT(), "\"1.5\"", 1.5f),
                fit(DataTypes.DECIMAL(5, 2), "2.67", decimal("2.67", 5, 2)),
                fit(DataTypes.DECIMAL(5, 2), "160.0", decimal("160.00", 5, 2)),
                fit(DataTypes.DECIMAL(38, 0), "12345678901234567890", big("12345678901234567890")),
                fit(DataTypes.STRING(), "\"text\"", text("text")),
                fit(DataTypes.STRING(), "160.0", text("160.0")),
                fit(DataTypes.STRING(), "true", text("true")),
                fit(DataTypes.STRING(), "NaN", text("NaN")),
                fit(DataTypes.STRING(), "{\"a\": [1, null]}", text("{\"a\":[1,null]}")),
                fit(DataTypes.VARCHAR(4), "\"äöü€\"", text("äöü€")),
                fit(DataTypes.CHAR(4), "\"ab\"", text("ab  ")),
                fit(DataTypes.BOOLEAN(), "true", true),
                fit(DataTypes.BOOLEAN(), "\"yes\"", true),
                fit(DataTypes.BOOLEAN(), "\"\"", false),
                fit(DataTypes.BOOLEAN(), "0", false),
                fit(DataTypes.DATE(), "\"1970-01-03\"", 2),
                fit(DataTypes.DATE(), "\"1970-01-03 00:00:00\"", 2),
                fit(DataTypes.TIME(), "\"02:03\"", 7_380_000),
                fit(DataTypes.TIME(), "\"02:03:04\"", 7_384_000),
                fit(DataTypes.TIMESTAMP(3), "\"1970-01-02 00:00:01\"", time(86_401_000, 0)),
                fit(DataTypes.TIMESTAMP(0), "\"1970-01-01T00:00\"", time(0, 0)),
                fit(DataTypes.TIMESTAMP(6), "\"1970-01-01T00:00:00.123456\"", time(123, 456_000)),
                fit(DataTypes.TIMESTAMP(3), "\"1969-12-31 23:59:59.5\"", time(-500, 0)),
                fit(DataTypes.TIMESTAMP(3), "\"1970-01-02\"", time(86_400_000, 0)),
                fit(
                        PAIR,
                        "{\"name\":\"a\",\"x\":[{}],\"id\":\"7\"}",
                        GenericRowData.of(7, text("a"))),
                fit(PAIR, "{}", GenericRowData.of(null, null)),
                fit(
                        DataTypes.ARRAY(PAIR),
                        "[{\"id\":1},null]",
                        new GenericArrayData(new Object[] {GenericRowData.of(1, null), null})));
    }

    @ParameterizedTest
    @MethodSource("fitting")
    void fits(DataType type, String json, Object expected) throws Exception {
        assertThat(Decoding.of("x", type).value(json)).isEqualTo(expected);
    }

    /** However many digits it has, a DOUBLE is what Java makes of the same text. */
    @Test
    void doublesAreTheNearestOnes() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the doubles: " + seed);
        Random random = new Random(seed);
        Decoding decoding = Decoding.of("x", DataTypes.DOUBLE());
        for (int i = 0; i < 20_000; i++) {
            BigDecimal number =
                    new BigDecimal(
                            new BigInteger(1 + random.nextInt(64), random), 1 + random.nextInt(20));
            String text = (random.nextBoolean() ? "" : "-") + number.toPlainString();
            assertThat(decoding.value(text)).as(text).isEqualTo(0.0 + Double.parseDouble(text));
        }
    }

    static Stream<Arguments> losing() {
        return Stream.of(
                Arguments.of(DataTypes.TINYINT(), "128"),
                Arguments.of(DataTypes.BIGINT(), "160.5"),
                Arguments.of(DataTypes.BIGINT(), "9223372036854775808"),
                Arguments.of(DataTypes.BIGINT(), "\"\""),
                Arguments.of(DataTypes.BIGINT(), "true"),
                Arguments.of(DataTypes.BIGINT(), "1e999"),
                Arguments.of(DataTypes.BIGINT(), "\"0x10\""),
                Arguments.of(DataTypes.BIGINT(), "[1]"),
                Arguments.of(DataTypes.INT(), "\"1e999999999\""),
                Arguments.of(DataTypes.DOUBLE(), "1e999"),
                Arguments.of(DataTypes.DOUBLE(), "9007199254740993"),
                Arguments.of(DataTypes.DOUBLE(), "\"NaN\""),
                Arguments.of(DataTypes.DOUBLE(), "NaN"),
                Arguments.of(DataTypes.DOUBLE(), "-Infinity"),
                Arguments.of(DataTypes.FLOAT(), "NaN"),
                Arguments.of(DataTypes.DECIMAL(5, 2), "NaN"),
                Arguments.of(DataTypes.BIGINT(), "NaN"),
                Arguments.of(DataTypes.FLOAT(), "66.66666666666666"),
                Arguments.of(DataTypes.FLOAT(), "16777217"),
                Arguments.of(DataTypes.DECIMAL(5, 2), "2.675"),
                Arguments.of(DataTypes.DECIMAL(3, 2), "10"),
                Arguments.of(DataTypes.VARCHAR(2), "\"abc\""),
                Arguments.of(DataTypes.CHAR(2), "\"abc\""),
                Arguments.of(DataTypes.BOOLEAN(), "2"),
                Arguments.of(DataTypes.BOOLEAN(), "\"maybe\""),
                Arguments.of(DataTypes.DATE(), "\"1970-01-03 10:00:00\""),
                Arguments.of(DataTypes.DATE(), "\"1970-02-30\""),
                Arguments.of(DataTypes.TIME(), "\"25:00\""),
                Arguments.of(DataTypes.TIME(0), "\"10:00:00.5\""),
                Arguments.of(DataTypes.TIMESTAMP(0), "\"1970-01-01T00:00:00.5\""),
                Arguments.of(DataTypes.TIMESTAMP(3), "\"1970-13-01T00:00:00\""),
                Arguments.of(DataTypes.TIMESTAMP(3), "\"01/02/1970\""),
                Arguments.of(DataTypes.TIMESTAMP(3), "12"),
                Arguments.of(PAIR, "[1]"),
                Arguments.of(PAIR, "{\"id\":1.5}"),
                Arguments.of(DataTypes.ARRAY(DataTypes.INT()), "{}"),
                Arguments.of(DataTypes.ARRAY(DataTypes.INT()), "[\"a\"]"));
    }

    @ParameterizedTest
    @MethodSource("losing")
    void refusesNamingColumnTypeAndRow(DataType type, String json) {
        assertThatThrownBy(() -> Decoding.of("x", type).value(json))
                .isInstanceOf(ExportDecodeException.class)
                .hasMessageContaining("column 'x")
                .hasMessageContaining("'decode.ignore-parse-errors'")
                .hasMessageContaining("The row: {\"period_start\":\"2024-03-04 10:00:00\"");
    }

    @ParameterizedTest
    @MethodSource("losing")
    void orGivesNullAndCounts(DataType type, String json) throws Exception {
        Decoding decoding =
                Decoding.of("x", type)
                        .field("y", DataTypes.INT())
                        .option("decode.ignore-parse-errors", "true");

        RowData row = decoding.row("{" + Decoding.START + ",\"x\":" + json + ",\"y\":5}");

        assertThat(decoding.parseErrors).hasValue(1);
        assertThat(row.getInt(1)).as("the rest of the row").isEqualTo(5);
    }

    @Test
    void instantsAreReadThroughTheZone() throws Exception {
        Decoding paris =
                Decoding.of("x", DataTypes.TIMESTAMP_LTZ(3)).option("time-zone", "Europe/Paris");

        assertThat(paris.value("\"1970-01-01T01:00:00\"")).isEqualTo(time(0, 0));
        assertThat(paris.value("\"2024-10-27 02:30:00\""))
                .as("the first of the two")
                .isEqualTo(time(1_729_989_000_000L, 0));
    }

    @Test
    void notNullNeedsAValueEvenWhereErrorsAreIgnored() {
        Decoding decoding =
                Decoding.of("x", DataTypes.INT().notNull())
                        .option("decode.ignore-parse-errors", "true");

        assertThatThrownBy(() -> decoding.value("null")).hasMessageContaining("column 'x'");
        assertThatThrownBy(() -> decoding.value("1.5")).hasMessageContaining("NOT NULL");
        assertThatThrownBy(() -> decoding.row("{" + Decoding.START + "}"))
                .hasMessageContaining("NOT NULL");
    }

    @Test
    void aTypeThatNothingBecomesIsRefusedAtOnce() {
        assertThatThrownBy(() -> Decoding.of("x", DataTypes.BYTES()).deserializer())
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Column 'x'");
        assertThatThrownBy(
                        () ->
                                Decoding.of(
                                                "x",
                                                DataTypes.ROW(
                                                        DataTypes.FIELD("y", DataTypes.BYTES())))
                                        .deserializer())
                .hasMessageContaining("Column 'x.y'");
    }

    private static Arguments fit(DataType type, String json, Object expected) {
        return Arguments.of(type, json, expected);
    }

    private static StringData text(String text) {
        return StringData.fromString(text);
    }

    private static TimestampData time(long millis, int nanos) {
        return TimestampData.fromEpochMillis(millis, nanos);
    }

    private static DecimalData decimal(String value, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(value), precision, scale);
    }

    private static DecimalData big(String value) {
        return decimal(value, 38, 0);
    }
}
