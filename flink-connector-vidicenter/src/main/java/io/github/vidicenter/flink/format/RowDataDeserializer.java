package io.github.vidicenter.flink.format;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.schema.DataType;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;

/**
 * Makes {@link RowData} of exports' rows. Each field may have any SQL type that its values convert
 * to without loss; missing keys are NULL, keys without a field are skipped.
 */
public final class RowDataDeserializer implements VidiCenterDeserializer<RowData> {

    private static final long serialVersionUID = 1L;
    private static final List<String> STARTS = List.of("period_start", "start_time");

    private final RowType producedType;
    private final List<FieldSource> fields;
    private final ZoneId zone;
    private final boolean ignoreParseErrors;
    private final List<String> naturalKey;

    /**
     * @param fields where each field of the produced type comes from, in its order
     * @throws org.apache.flink.table.api.ValidationException if a field has a type that no value
     *     becomes
     */
    public RowDataDeserializer(
            RowType producedType, List<FieldSource> fields, VidiCenterConfig config) {
        this.producedType = producedType;
        this.fields = List.copyOf(fields);
        this.zone = config.scan().zone();
        this.ignoreParseErrors = config.decoding().ignoreParseErrors();
        this.naturalKey =
                DataType.find(config.kind().dataType())
                        .map(
                                type ->
                                        type.naturalKey(
                                                config.kind().resolution(),
                                                config.kind().groupByDemographics()))
                        .orElse(List.of());
        columns((column, type, value) -> {});
    }

    @Override
    public boolean needsCreationDate() {
        return !naturalKey.isEmpty()
                || fields.contains(new FieldSource.Metadata(MetadataColumn.CREATION_DATE));
    }

    @Override
    public RowReader<RowData> createReader(ExportContext context) {
        ColumnConverter.ParseErrors errors = errors(context.parseErrorCounter());
        ColumnConverter[] columns = columns(errors);
        Map<String, RowKey> keys = new HashMap<>();
        STARTS.forEach(name -> key(keys, name));
        key(keys, "period_start_date");
        key(keys, "period_start_time");
        naturalKey.forEach(name -> key(keys, name));
        for (int i = 0; i < columns.length; i++) {
            if (fields.get(i) instanceof FieldSource.Key source) {
                List<String> below = source.path().subList(1, source.path().size());
                for (String name : names(source.path().get(0))) {
                    key(keys, name).add(below, i, columns[i]);
                }
            }
        }
        return new RowDataReader(
                keys,
                columns,
                new MetadataFields(fields, context, errors),
                keys.get(STARTS.get(0)),
                naturalKey.size(),
                naturalKey.indexOf(STARTS.get(0)),
                Math.max(naturalKey.indexOf("location_id"), naturalKey.indexOf("site_id")));
    }

    /** The row's start goes by two names. */
    private static List<String> names(String key) {
        return STARTS.contains(key) ? STARTS : List.of(key);
    }

    private RowKey key(Map<String, RowKey> keys, String name) {
        RowKey.Role role = RowKey.Role.of(name);
        int place = role == RowKey.Role.START ? -1 : naturalKey.indexOf(name);
        return keys.computeIfAbsent(name, n -> new RowKey(n, role, place));
    }

    private ColumnConverter[] columns(ColumnConverter.ParseErrors errors) {
        Converters converters = new Converters(zone, errors);
        ColumnConverter[] columns = new ColumnConverter[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            if (fields.get(i) instanceof FieldSource.Key key) {
                columns[i] = converters.of(key.toString(), producedType.getTypeAt(i));
            }
        }
        return columns;
    }

    private ColumnConverter.ParseErrors errors(Runnable counter) {
        return (column, type, value) -> {
            if (!ignoreParseErrors) {
                throw doesNotFit(column, type, value);
            }
            counter.run();
        };
    }

    private static ExportDecodeException doesNotFit(String column, LogicalType type, String value) {
        return new ExportDecodeException(
                String.format(
                        "column '%s' is declared %s, which can't hold the value %s without loss."
                                + " Declare a type that can, or set 'decode.ignore-parse-errors' ="
                                + " 'true' to get NULL for such values.",
                        column, type.asSummaryString(), value));
    }

    /** The rows' type with the classes of values outside of Flink. */
    org.apache.flink.table.types.DataType getProducedDataType() {
        return TypeConversions.fromLogicalToDataType(producedType);
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return InternalTypeInfo.of(producedType);
    }
}
