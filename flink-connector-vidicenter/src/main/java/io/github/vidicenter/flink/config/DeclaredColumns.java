package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.VidiCenterOptions.SCHEMA_ALLOW_UNKNOWN_COLUMNS;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.schema.Column;
import io.github.vidicenter.flink.schema.DataType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/** Checks that an export has the columns that a user declares, and that their types can hold it. */
public final class DeclaredColumns {

    /** Names of the column that tells when a row's period or event starts. */
    public static final Set<String> STARTS = Set.of("period_start", "start_time");

    private static final Set<LogicalTypeRoot> SCALARS =
            Set.of(
                    LogicalTypeRoot.CHAR,
                    LogicalTypeRoot.VARCHAR,
                    LogicalTypeRoot.BOOLEAN,
                    LogicalTypeRoot.DECIMAL,
                    LogicalTypeRoot.TINYINT,
                    LogicalTypeRoot.SMALLINT,
                    LogicalTypeRoot.INTEGER,
                    LogicalTypeRoot.BIGINT,
                    LogicalTypeRoot.FLOAT,
                    LogicalTypeRoot.DOUBLE,
                    LogicalTypeRoot.DATE,
                    LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE,
                    LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
                    LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

    private final boolean allowUnknown;
    private final boolean hasInstants;
    private final String where;

    private DeclaredColumns(boolean allowUnknown, boolean hasInstants, String where) {
        this.allowUnknown = allowUnknown;
        this.hasInstants = hasInstants;
        this.where = where;
    }

    /**
     * @param declared the columns of the table, without metadata and computed ones
     * @throws ValidationException naming the column, if the data type does not have it or its type
     *     can't hold its values
     */
    public static void check(RowType declared, VidiCenterConfig config) {
        ExportKind kind = config.kind();
        List<Column> known =
                DataType.find(kind.dataType())
                        .map(type -> type.columns(kind.resolution(), kind.groupByDemographics()))
                        .orElse(List.of());
        String where =
                "'data-type' = '%s' at 'time-resolution' = '%s'"
                        .formatted(kind.dataType(), kind.resolution());
        new DeclaredColumns(
                        config.decoding().allowUnknownColumns(),
                        config.scan().zone() != null,
                        where)
                .checkFields("", declared, types(known));
    }

    /**
     * As above, for rows of another kind, whose times are instants.
     *
     * @param where for messages: what has the known columns
     */
    public static void check(
            RowType declared, List<Column> known, boolean allowUnknown, String where) {
        new DeclaredColumns(allowUnknown, true, where).checkFields("", declared, types(known));
    }

    private static Map<String, LogicalType> types(List<Column> columns) {
        Map<String, LogicalType> types = new LinkedHashMap<>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        return types;
    }

    private void checkFields(String parent, RowType declared, Map<String, LogicalType> known) {
        for (RowType.RowField field : declared.getFields()) {
            String path = parent + field.getName();
            LogicalType type = known.get(field.getName());
            if (type == null && !allowUnknown) {
                throw new ValidationException(
                        "Column '%s' does not exist in %s. %s A key that is newer than the connector needs '%s' = 'true'."
                                .formatted(
                                        path,
                                        where,
                                        Suggestion.of(field.getName(), known.keySet()),
                                        SCHEMA_ALLOW_UNKNOWN_COLUMNS.key()));
            }
            checkType(path, field.getType(), type);
        }
    }

    /**
     * @param known null: not known
     */
    private void checkType(String path, LogicalType declared, LogicalType known) {
        if (!hasInstants && declared.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
            throw noInstants(path);
        }
        if (declared instanceof RowType row && (known == null || known instanceof RowType)) {
            checkFields(path + ".", row, fields(known));
        } else if (declared instanceof ArrayType array
                && (known == null || known instanceof ArrayType)) {
            LogicalType element = known == null ? null : known.getChildren().get(0);
            checkType(path, array.getElementType(), element);
        } else if (!SCALARS.contains(declared.getTypeRoot()) || !holds(declared, known)) {
            throw new ValidationException(
                    "Column '%s' can't be declared %s in %s. Declare it %s."
                            .formatted(
                                    path,
                                    declared.asSummaryString(),
                                    where,
                                    known == null
                                            ? "as a number, text, time, BOOLEAN, ROW or ARRAY"
                                            : known.copy(true).asSummaryString()));
        }
    }

    /**
     * Whether values of a key can be in a scalar column: text may be anything, and anything text, a
     * nested value as JSON.
     */
    private static boolean holds(LogicalType declared, LogicalType known) {
        if (known == null
                || known.is(LogicalTypeFamily.CHARACTER_STRING)
                || declared.is(LogicalTypeFamily.CHARACTER_STRING)
                || declared.is(known.getTypeRoot())) {
            return true;
        }
        return Stream.of(LogicalTypeFamily.NUMERIC, LogicalTypeFamily.DATETIME)
                .anyMatch(family -> known.is(family) && declared.is(family));
    }

    /** Why a column can't hold instants where each location has its own time. */
    public static ValidationException noInstants(String column) {
        return new ValidationException(
                "Column '%s' can't be TIMESTAMP_LTZ with 'time-zone' = 'location', where rows of one local time stand for several instants. Declare it TIMESTAMP(3), or name one zone."
                        .formatted(column));
    }

    private static Map<String, LogicalType> fields(LogicalType known) {
        Map<String, LogicalType> fields = new LinkedHashMap<>();
        if (known instanceof RowType row) {
            row.getFields().forEach(field -> fields.put(field.getName(), field.getType()));
        }
        return fields;
    }
}
