package io.github.vidicenter.flink.table;

import io.github.vidicenter.flink.config.DeclaredColumns;
import io.github.vidicenter.flink.format.MetadataColumn;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * The column that a table's watermarks speak of.
 *
 * @param column null: the table declares no watermark
 */
record RowtimeColumn(Column column) {

    static RowtimeColumn of(ResolvedSchema schema) {
        return new RowtimeColumn(
                schema.getWatermarkSpecs().stream()
                        .findFirst()
                        .flatMap(spec -> schema.getColumn(spec.getRowtimeAttribute()))
                        .orElse(null));
    }

    /** Whether it holds instants, not local times, and watermarks have to do so as well. */
    boolean isInstant() {
        return column != null
                && column.getDataType()
                        .getLogicalType()
                        .is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
    }

    /**
     * Checks that the source's watermarks are true of the column. They tell up to which {@code
     * period_start} rows are complete; what a computed column makes of it, its author knows.
     */
    void checkSourceWatermark() {
        if (column instanceof Column.PhysicalColumn
                && !DeclaredColumns.STARTS.contains(column.getName())) {
            throw refuse();
        }
        if (column instanceof Column.MetadataColumn metadata
                && metadata.getMetadataKey()
                        .orElse(column.getName())
                        .equals(MetadataColumn.CREATION_DATE.key())) {
            throw refuse();
        }
    }

    private ValidationException refuse() {
        return new ValidationException(
                "WATERMARK FOR %s AS SOURCE_WATERMARK(): the source's watermarks tell up to which 'period_start' rows are complete, and say nothing about '%s'. Declare the watermark for 'period_start'."
                        .formatted(column.getName(), column.getName()));
    }
}
