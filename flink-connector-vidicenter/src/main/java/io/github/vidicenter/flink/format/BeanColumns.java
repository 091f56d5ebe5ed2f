package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.DataType;

/**
 * The columns that a class wants, from what Jackson would set of it: so that a class is checked and
 * filled like a table. A primitive property wants a value in each row.
 */
final class BeanColumns {

    private static final Map<Class<?>, DataType> TYPES =
            Map.ofEntries(
                    Map.entry(Byte.class, DataTypes.TINYINT()),
                    Map.entry(Short.class, DataTypes.SMALLINT()),
                    Map.entry(Integer.class, DataTypes.INT()),
                    Map.entry(Long.class, DataTypes.BIGINT()),
                    Map.entry(Float.class, DataTypes.FLOAT()),
                    Map.entry(Double.class, DataTypes.DOUBLE()),
                    Map.entry(Boolean.class, DataTypes.BOOLEAN()),
                    Map.entry(byte.class, DataTypes.TINYINT().notNull()),
                    Map.entry(short.class, DataTypes.SMALLINT().notNull()),
                    Map.entry(int.class, DataTypes.INT().notNull()),
                    Map.entry(long.class, DataTypes.BIGINT().notNull()),
                    Map.entry(float.class, DataTypes.FLOAT().notNull()),
                    Map.entry(double.class, DataTypes.DOUBLE().notNull()),
                    Map.entry(boolean.class, DataTypes.BOOLEAN().notNull()),
                    Map.entry(String.class, DataTypes.STRING()),
                    Map.entry(BigDecimal.class, DataTypes.DECIMAL(38, 18)),
                    Map.entry(LocalDate.class, DataTypes.DATE()),
                    Map.entry(LocalTime.class, DataTypes.TIME(3)),
                    Map.entry(LocalDateTime.class, DataTypes.TIMESTAMP(9)));

    private final ObjectMapper mapper;

    BeanColumns(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * @throws ValidationException if a property has a type that no value of the API becomes
     */
    List<DataTypes.Field> of(Class<?> bean) {
        return fields(mapper.constructType(bean), bean.getSimpleName());
    }

    private List<DataTypes.Field> fields(JavaType bean, String path) {
        List<DataTypes.Field> fields = new ArrayList<>();
        for (BeanPropertyDefinition property :
                mapper.getDeserializationConfig().introspect(bean).findProperties()) {
            if (property.couldDeserialize()) {
                String place = path + "." + property.getInternalName();
                fields.add(
                        DataTypes.FIELD(
                                property.getName(), type(property.getPrimaryType(), place)));
            }
        }
        if (fields.isEmpty()) {
            throw new ValidationException(
                    path
                            + " has nothing to set: give it a constructor that takes its values (a"
                            + " record has one), setters or public fields.");
        }
        return fields;
    }

    private DataType type(JavaType type, String place) {
        Class<?> raw = type.getRawClass();
        if (TYPES.containsKey(raw)) {
            return TYPES.get(raw);
        } else if (raw.isEnum()) {
            return DataTypes.STRING();
        } else if (type.isCollectionLikeType() || type.isArrayType()) {
            return DataTypes.ARRAY(type(type.getContentType(), place));
        } else if (raw.getName().startsWith("java") || type.isMapLikeType()) {
            throw new ValidationException(
                    "%s is a %s, which no value of the API becomes. Declare a number, String, boolean, enum, LocalDate, LocalTime or LocalDateTime (times are the data's local ones), or a class, list or array of these; or exclude it with @JsonIgnore."
                            .formatted(place, raw.getSimpleName()));
        }
        return DataTypes.ROW(fields(type, place));
    }
}
