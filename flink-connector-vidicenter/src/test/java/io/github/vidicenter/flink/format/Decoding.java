package io.github.vidicenter.flink.format;

import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.window.LocalTimes;
import io.github.vidicenter.flink.window.TimeResolution;
import io.github.vidicenter.flink.window.WindowGrid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** Decodes rows for tests: fields, options, JSON. */
final class Decoding {

    static final String START = "\"period_start\":\"2024-03-04 10:00:00\"";

    private final List<FieldSource> sources = new ArrayList<>();
    private final List<DataTypes.Field> fields = new ArrayList<>();
    private final OptionsOf options = OptionsOf.viewers();
    final AtomicInteger parseErrors = new AtomicInteger();
    String creationDate = "2024-03-05 01:02:03";

    static Decoding of(String name, DataType type) {
        return new Decoding().field(name, type);
    }

    Decoding field(String name, DataType type) {
        return field(FieldSource.key(name), name, type);
    }

    Decoding field(FieldSource source, String name, DataType type) {
        sources.add(source);
        fields.add(DataTypes.FIELD(name, type));
        return this;
    }

    Decoding metadata(MetadataColumn column) {
        return field(
                new FieldSource.Metadata(column),
                column.key(),
                org.apache.flink.table.types.utils.TypeConversions.fromLogicalToDataType(
                        column.type()));
    }

    Decoding option(String key, String value) {
        options.with(key, value);
        return this;
    }

    RowDataDeserializer deserializer() {
        VidiCenterConfig config = options.read();
        RowType type =
                (RowType) DataTypes.ROW(fields.toArray(DataTypes.Field[]::new)).getLogicalType();
        return new RowDataDeserializer(type, sources, config);
    }

    RowReader<RowData> reader() {
        VidiCenterConfig config = options.read();
        WindowGrid windows =
                config.windows(
                        LocalTimes.toMillis(LocalDateTime.parse("2024-03-04T00:00")),
                        Long.MAX_VALUE);
        return deserializer()
                .createReader(
                        new ExportContext(
                                creationDate,
                                windows,
                                ExportContext.Revisions.FIRST,
                                parseErrors::incrementAndGet));
    }

    /** The one row of an answer that holds only this. */
    RowData row(String json) throws IOException {
        List<RowData> rows = rows(reader(), json);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows");
        }
        return rows.get(0);
    }

    /** The first field of a row with this value for the first field's key. */
    Object value(String json) throws IOException {
        String key = sources.get(0).toString();
        RowData row = row("{" + START + ",\"" + key + "\":" + json + "}");
        return RowData.createFieldGetter(fields.get(0).getDataType().getLogicalType(), 0)
                .getFieldOrNull(row);
    }

    static List<RowData> rows(RowReader<RowData> reader, String... rows) throws IOException {
        List<RowData> decoded = new ArrayList<>();
        try (ExportRows<RowData> export = export(reader, rows)) {
            while (export.next()) {
                decoded.add(export.row());
            }
        }
        return decoded;
    }

    /** An answer about the whole of 2024. */
    static ExportRows<RowData> export(RowReader<RowData> reader, String... rows)
            throws IOException {
        return export(reader, TimeResolution.MINUTES_5, "2024-01-01", "2025-01-01", rows);
    }

    /** An answer about the whole of a scan. */
    static ExportRows<RowData> export(
            RowReader<RowData> reader,
            TimeResolution resolution,
            String firstDay,
            String endDay,
            String... rows)
            throws IOException {
        long start = LocalTimes.toMillis(LocalDate.parse(firstDay).atStartOfDay());
        long end = LocalTimes.toMillis(LocalDate.parse(endDay).atStartOfDay());
        String json =
                "{\"state\":\"finished\",\"data\":["
                        + String.join(",", Arrays.asList(rows))
                        + "],\"creation_date\":\"2024-03-05 01:02:03\"}";
        return new ExportRows<>(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                reader,
                start,
                end,
                windows(resolution, start, end));
    }

    static WindowGrid windows(TimeResolution resolution, long start, long end) {
        return WindowGrid.of(
                resolution,
                Duration.ofHours(1),
                LocalTimes.fromMillis(start),
                end == Long.MAX_VALUE ? null : LocalTimes.fromMillis(end));
    }
}
