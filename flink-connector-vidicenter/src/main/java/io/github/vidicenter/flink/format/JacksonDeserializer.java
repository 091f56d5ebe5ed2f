package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.vidicenter.flink.config.DeclaredColumns;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.conversion.DataStructureConverter;
import org.apache.flink.table.data.conversion.DataStructureConverters;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;

/**
 * Makes objects of a class, a POJO or a record, of exports' rows. Properties are matched to the
 * API's keys by Jackson, in snake case: {@code watcherCount} takes {@code watcher_count}, and
 * {@code @JsonProperty} names another key. Metadata columns count as keys ({@code windowStart}).
 * Values convert as in SQL, without loss; times are {@link java.time.LocalDateTime}s, {@link
 * java.time.LocalDate}s or {@link java.time.LocalTime}s, in the data's local time. A missing key or
 * a null is a null; for a primitive property it is an error, since 0 would be a guess.
 *
 * <p>When the source is built each property is checked like a column of a table: a key that the
 * data type does not have, or a type that can't hold its values, is refused by name.
 *
 * @param <T> the class
 */
@PublicEvolving
public final class JacksonDeserializer<T> implements VidiCenterDeserializer<T> {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .addModule(new JavaTimeModule())
                    .addModule(new SimpleModule().addSerializer(new RowSerializer()))
                    .build();

    private final Class<T> bean;

    /** As a table's rows; null until the source is built. */
    private final RowDataDeserializer rows;

    private JacksonDeserializer(Class<T> bean, RowDataDeserializer rows) {
        this.bean = bean;
        this.rows = rows;
    }

    /**
     * @param bean has a constructor that takes its values, as records do, or setters, or public
     *     fields
     */
    public static <T> JacksonDeserializer<T> of(Class<T> bean) {
        return new JacksonDeserializer<>(bean, null);
    }

    @Internal
    @Override
    public VidiCenterDeserializer<T> configure(VidiCenterConfig config) {
        List<DataTypes.Field> fields = new BeanColumns(MAPPER).of(bean);
        DeclaredColumns.check(
                (RowType)
                        DataTypes.ROW(fields.stream().filter(field -> !isMetadata(field)).toList())
                                .getLogicalType(),
                config);
        return new JacksonDeserializer<>(
                bean,
                new RowDataDeserializer(
                        (RowType) DataTypes.ROW(fields).getLogicalType(),
                        fields.stream().map(JacksonDeserializer::source).toList(),
                        config));
    }

    @Internal
    @Override
    public boolean needsCreationDate() {
        return rows == null || rows.needsCreationDate();
    }

    @Override
    public RowReader<T> createReader(ExportContext context) {
        if (rows == null) {
            throw new IllegalStateException("configure() was not called");
        }
        return new Reader<>(bean, rows.createReader(context), rows.getProducedDataType());
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return TypeInformation.of(bean);
    }

    private static boolean isMetadata(DataTypes.Field field) {
        return MetadataColumn.of(field.getName()).isPresent();
    }

    private static FieldSource source(DataTypes.Field field) {
        return MetadataColumn.of(field.getName())
                .<FieldSource>map(FieldSource.Metadata::new)
                .orElseGet(() -> FieldSource.key(field.getName()));
    }

    private static final class Reader<T> implements RowReader<T> {

        private final Class<T> bean;
        private final RowReader<RowData> rows;
        private final DataStructureConverter<Object, Object> converter;

        private Reader(Class<T> bean, RowReader<RowData> rows, DataType type) {
            this.bean = bean;
            this.rows = rows;
            this.converter = DataStructureConverters.getConverter(type);
            converter.open(bean.getClassLoader());
        }

        @Override
        public T read(JsonParser parser) throws IOException {
            RowData row = rows.read(parser);
            try {
                return MAPPER.convertValue(converter.toExternalOrNull(row), bean);
            } catch (IllegalArgumentException e) {
                throw new ExportDecodeException(
                        "a row can't become a %s: %s"
                                .formatted(bean.getSimpleName(), e.getMessage()),
                        e);
            }
        }

        @Override
        public long periodStart() {
            return rows.periodStart();
        }

        @Override
        public long sourceId() {
            return rows.sourceId();
        }

        @Override
        public long rowHash() {
            return rows.rowHash();
        }

        @Override
        public long keyHash() {
            return rows.keyHash();
        }

        @Override
        public boolean keyed() {
            return rows.keyed();
        }
    }

    /** Rows as JSON objects. */
    private static final class RowSerializer extends StdSerializer<Row> {

        private static final long serialVersionUID = 1L;

        private RowSerializer() {
            super(Row.class);
        }

        @Override
        public void serialize(Row row, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeStartObject();
            for (String name : row.getFieldNames(true)) {
                provider.defaultSerializeField(name, row.getField(name), json);
            }
            json.writeEndObject();
        }
    }
}
