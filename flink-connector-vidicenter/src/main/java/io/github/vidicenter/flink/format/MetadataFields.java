package io.github.vidicenter.flink.format;

import io.github.vidicenter.flink.window.WindowGrid;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.types.RowKind;

/** Fills the produced fields that are not keys of the rows. */
final class MetadataFields {

    private final List<FieldSource> fields;
    private final WindowGrid windows;
    private final TimestampData creationDate;
    private final ExportContext.Revisions revisions;
    private final boolean any;

    MetadataFields(List<FieldSource> fields, ExportContext context) {
        this.fields = fields;
        this.windows = context.windows();
        this.revisions = context.revisions();
        this.creationDate = timestamp(context.creationDate());
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

    private static TimestampData timestamp(String text) {
        if (text == null) {
            return null;
        }
        ApiTime time = new ApiTime();
        long day = time.readDay(text.toCharArray(), 0, text.length());
        if (day == ApiTime.INVALID) {
            throw new ExportDecodeException(
                    "the export's 'creation_date' is \"" + text + "\", which is no date and time.");
        }
        return TimestampData.fromEpochMillis(day * 86_400_000L + time.nanoOfDay() / 1_000_000);
    }
}
