package io.github.vidicenter.flink.benchmark.decode;

import io.github.vidicenter.flink.config.ConfigReader;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.format.ExportContext;
import io.github.vidicenter.flink.format.ExportRows;
import io.github.vidicenter.flink.format.FieldSource;
import io.github.vidicenter.flink.format.RowDataDeserializer;
import io.github.vidicenter.flink.window.LocalTimes;
import io.github.vidicenter.flink.window.WindowGrid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.JsonParserRowDataDeserializationSchema;
import org.apache.flink.formats.json.JsonRowDataDeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/** The connector's decoder and Flink's own, for some or all columns of {@link ViewersExport}. */
final class Decoders {

    static final List<String> ALL = List.copyOf(ViewersExport.COLUMNS.keySet());
    static final List<String> SOME =
            List.of("location_id", "period_start", "dwell_time_in_tenths_of_sec");

    private static final long START = LocalTimes.toMillis(ViewersExport.START);
    private static final long END = LocalTimes.toMillis(ViewersExport.END);

    private static final VidiCenterConfig CONFIG =
            ConfigReader.read(
                    Configuration.fromMap(
                            Map.of(
                                    "username", "me",
                                    "token", "none",
                                    "data-type", "viewers",
                                    "time-resolution", "finest",
                                    "locations", ViewersExport.LOCATION,
                                    "scan.start", ViewersExport.START.toString(),
                                    "scan.end", ViewersExport.END.toString())),
                    false);

    private Decoders() {}

    /** As a split reads an export, from its first byte to its last. */
    static ExportRows<RowData> connector(byte[] body, List<String> columns) throws IOException {
        WindowGrid windows = CONFIG.windows(START, END);
        RowDataDeserializer deserializer =
                new RowDataDeserializer(
                        rowType(columns), columns.stream().map(FieldSource::key).toList(), CONFIG);
        return new ExportRows<>(
                new ByteArrayInputStream(body),
                deserializer.createReader(
                        new ExportContext(
                                "2024-02-01 03:04:05",
                                windows,
                                ExportContext.Revisions.FIRST,
                                () -> {})),
                START,
                END,
                windows);
    }

    static JsonRowDataDeserializationSchema flinkTree(List<String> columns) throws Exception {
        RowType type = rowType(columns);
        JsonRowDataDeserializationSchema schema =
                new JsonRowDataDeserializationSchema(
                        type, InternalTypeInfo.of(type), false, false, TimestampFormat.ISO_8601);
        schema.open(null);
        return schema;
    }

    static JsonParserRowDataDeserializationSchema flinkParser(List<String> columns)
            throws Exception {
        RowType type = rowType(columns);
        JsonParserRowDataDeserializationSchema schema =
                new JsonParserRowDataDeserializationSchema(
                        type, InternalTypeInfo.of(type), false, false, TimestampFormat.ISO_8601);
        schema.open(null);
        return schema;
    }

    private static RowType rowType(List<String> columns) {
        LogicalType[] types =
                columns.stream()
                        .map(
                                column ->
                                        LogicalTypeParser.parse(
                                                ViewersExport.COLUMNS.get(column),
                                                Decoders.class.getClassLoader()))
                        .toArray(LogicalType[]::new);
        return RowType.of(types, columns.toArray(String[]::new));
    }
}
