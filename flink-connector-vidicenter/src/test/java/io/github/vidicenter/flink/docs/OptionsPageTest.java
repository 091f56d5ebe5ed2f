package io.github.vidicenter.flink.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.config.VidiCenterOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;
import org.junit.jupiter.api.Test;

/** The table of options in {@code docs/table.md} is what the options say of themselves. */
class OptionsPageTest {

    @Test
    void pageShowsTheOptions() throws IOException, IllegalAccessException {
        StringBuilder table = new StringBuilder();
        table.append("| Option | Required | Default | Type | Description |\n");
        table.append("| --- | --- | --- | --- | --- |\n");
        table.append("| `connector` | required | (none) | String | `vidicenter` |\n");
        Set<ConfigOption<?>> seen = new HashSet<>();
        for (Field field : options()) {
            ConfigOption<?> option = (ConfigOption<?>) field.get(null);
            seen.add(option);
            table.append(row(option, type(field)));
        }
        assertThat(seen)
                .containsAll(VidiCenterOptions.required())
                .containsAll(VidiCenterOptions.optional());
        RenderedPage.check("table.md", table.toString());
    }

    private static List<Field> options() {
        List<Field> options = new ArrayList<>();
        for (Field field : VidiCenterOptions.class.getFields()) {
            if (field.getType() == ConfigOption.class) {
                options.add(field);
            }
        }
        return options;
    }

    private static String row(ConfigOption<?> option, String type) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        option.key(),
                        VidiCenterOptions.required().contains(option) ? "required" : "optional",
                        defaultValue(option),
                        type,
                        new HtmlFormatter().format(option.description()).replace("|", "\\|"));
    }

    private static String type(Field field) {
        ParameterizedType type = (ParameterizedType) field.getGenericType();
        return ((Class<?>) type.getActualTypeArguments()[0]).getSimpleName();
    }

    private static String defaultValue(ConfigOption<?> option) {
        if (!option.hasDefaultValue()) {
            return "(none)";
        }
        Object value = option.defaultValue();
        return value instanceof Duration duration
                ? "`" + TimeUtils.formatWithHighestUnit(duration) + "`"
                : "`" + value + "`";
    }
}
