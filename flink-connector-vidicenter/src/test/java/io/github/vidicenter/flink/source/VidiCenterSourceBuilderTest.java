package io.github.vidicenter.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.config.VidiCenterOptions;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

class VidiCenterSourceBuilderTest {

    private static final DataType ROW =
            DataTypes.ROW(
                    DataTypes.FIELD("location_id", DataTypes.BIGINT()),
                    DataTypes.FIELD("watcher_count", DataTypes.INT()));

    @Test
    void buildsASourceOfRows() {
        VidiCenterSource<RowData> source = viewers().build();

        assertThat(source.getProducedType()).isEqualTo(InternalTypeInfo.of(ROW.getLogicalType()));
        assertThat(source.getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @Test
    void endMakesItBounded() {
        assertThat(viewers().setScanEnd("now").build().getBoundedness())
                .isEqualTo(Boundedness.BOUNDED);
    }

    @Test
    void refusesAsSqlDoes() {
        assertThatThrownBy(() -> viewers().setTimeResolution("1m").build())
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("'time-resolution' = '1m' does not exist");
        assertThatThrownBy(() -> viewers().setLocations().build())
                .hasMessageContaining("'locations' = '' holds ''");
        assertThatThrownBy(() -> viewers().setPollMinInterval(Duration.ofHours(1)).build())
                .hasMessageContaining("'poll.min-interval' = '1 h' is longer");
    }

    @Test
    void refusesFieldsThatDoNotExist() {
        DataType row = DataTypes.ROW(DataTypes.FIELD("watchercount", DataTypes.BIGINT()));

        assertThatThrownBy(() -> viewers().setRowType(row).build())
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Did you mean 'watcher_count'?");
    }

    @Test
    void saysThatRecordsAreMissing() {
        assertThatThrownBy(() -> VidiCenterSource.builder().build())
                .hasMessageContaining("call setDeserializer or setRowType");
    }

    @Test
    void everyOptionIsSetByTheSetterOfItsName() throws ReflectiveOperationException {
        Set<String> set = new TreeSet<>();
        for (Method setter : VidiCenterSourceBuilder.class.getMethods()) {
            Object value = setter.getParameterCount() == 1 ? value(setter) : null;
            if (value != null) {
                VidiCenterSourceBuilder<Object> builder = VidiCenterSource.builder();
                setter.invoke(builder, value);
                assertThat(builder.options.keySet())
                        .as(setter.getName())
                        .hasSize(1)
                        .allMatch(key -> setter(key).equals(setter.getName()));
                set.addAll(builder.options.keySet());
            }
        }

        // The DataStream API has its own setParallelism.
        Set<ConfigOption<?>> without = Set.of(VidiCenterOptions.SCAN_PARALLELISM);
        assertThat(set)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(
                                        VidiCenterOptions.required().stream(),
                                        VidiCenterOptions.optional().stream())
                                .filter(option -> !without.contains(option))
                                .map(ConfigOption::key)
                                .toList());
    }

    /** Something to set; null where the method sets no option. */
    private static Object value(Method setter) {
        return switch (setter.getParameterTypes()[0].getSimpleName()) {
            case "String" -> "5";
            case "int" -> 5;
            case "boolean" -> true;
            case "Duration" -> Duration.ofSeconds(5);
            case "long[]" -> new long[] {5};
            default -> null;
        };
    }

    private static VidiCenterSourceBuilder<RowData> viewers() {
        return VidiCenterSource.<RowData>builder()
                .setUsername("me")
                .setToken("s3cr3t")
                .setDataType("viewers")
                .setTimeResolution("5m")
                .setLocations(1056, 1057)
                .setRowType(ROW);
    }

    private static String setter(String key) {
        return "set"
                + Arrays.stream(key.split("[.-]"))
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining());
    }
}
