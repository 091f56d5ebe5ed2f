package io.github.vidicenter.flink.format;

import io.github.vidicenter.flink.window.WindowGrid;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;

/** Fills the produced fields that are not keys of the rows. */
final class MetadataFields {

    /** Not documented, and not converted either: the column has the server's words. */
    private static final Pattern ZONE = Pattern.compile("(Z|[+-]\\d\\d:?\\d\\d)$");

    private final List<FieldSource> fields;
    private final WindowGrid windows;
    private final TimestampData creationDate;
    private final ExportContext.Revisions revisions;
    private final boolean any;

    /**
     * @param errors told of a creation date that is none, where a field asks for it
     */
    MetadataFields(
            List<FieldSource> fields, ExportContext context, ColumnConverter.ParseErrors errors) {
        this.fields = fields;
        this.windows = context.windows();
        this.revisions = context.revisions();
        boolean dated = fields.contains(new FieldSource.Metadata(MetadataColumn.CREATION_DATE));
        this.creationDate = dated ? timestamp(context.creationDate(), errors) : null;
        this.any = fields.stream().anyMatch(FieldSource.Metadata.class::isInstance);
    }

    /**
     * @param source id of the location or site
     * @param record the row's JSON as received
     */
    void fill(GenericRowData row, long source, long periodStart, Supplier<String> record) {
        int revision =
                revisions == ExportContext.Revisions.FIRST
                        ? 0
                        : revisions.of(source, windows.startOf(periodStart));
        if (revision > 0) {
            row.setRowKind(RowKind.UPDATE_AFTER);
        }
        if (!any) {
            return;
        }
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) instanceof FieldSource.Metadata metadata) {
                row.setField(i, value(metadata.column(), periodStart, revision, record));
            }
        }
    }

    private Object value(
            MetadataColumn column, long periodStart, int revision, Supplier<String> record) {
        return switch (column) {
            case CREATION_DATE -> creationDate;
            case WINDOW_START -> TimestampData.fromEpochMillis(windows.startOf(periodStart));
            case WINDOW_END -> TimestampData.fromEpochMillis(windows.endOf(periodStart));
            case REVISION -> revision;
            case RECORD -> StringData.fromString(record.get());
        };
    }

    private static TimestampData timestamp(String text, ColumnConverter.ParseErrors errors) {
        if (text == null) {
            return null;
        }
        char[] local = ZONE.matcher(text).replaceFirst("").toCharArray();
        ApiTime time = new ApiTime();
        long day = time.readDay(local, 0, local.length);
        if (day == ApiTime.INVALID) {
            MetadataColumn column = MetadataColumn.CREATION_DATE;
            errors.handle(column.key(), column.type(), '"' + text + '"');
            return null;
        }
        return TimestampData.fromEpochMillis(day * 86_400_000L + time.nanoOfDay() / 1_000_000);
    }
}
