package io.github.vidicenter.flink.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class VidiCenterOptionsTest {

    /** Key, type and default as users rely on them; {@code -}: none. */
    private static final String TABLE =
            """
            url                          String   https://vidicenter.quividi.com/api/v1/
            username                     String   -
            token                        String   -
            token-file                   String   -
            data-type                    String   -
            time-resolution              String   -
            locations                    String   -
            sites                        String   -
            location-tags                String   -
            site-tags                    String   -
            group-by-demographics        Boolean  false
            content-ids                  String   -
            average-content-duration     String   -
            extrapolation-amount         String   -
            scan.start                   String   now
            scan.end                     String   -
            scan.window.size             Duration -
            scan.window.max-size         Duration 31 d
            scan.window.delay            Duration 5 min
            scan.window.upload-timeout   Duration -
            scan.locations-per-export    String   auto
            scan.refresh.lookback        Duration -
            scan.refresh.interval        Duration 1 h
            scan.parallelism             Integer  -
            time-zone                    String   UTC
            poll.min-interval            Duration 1 s
            poll.max-interval            Duration 30 s
            export.timeout               Duration 30 min
            export.max-attempts          Integer  5
            export.on-failure            String   fail
            export.reuse-cached          Boolean  false
            quota.requests-per-minute    Integer  50
            quota.concurrent-exports     Integer  3
            quota.connections            Integer  2
            http.connect-timeout         Duration 10 s
            http.request-timeout         Duration 5 min
            schema.allow-unknown-columns Boolean  false
            decode.ignore-parse-errors   Boolean  false
            simulation.clock             String   -
            """;

    @Test
    void optionsAreThoseOfTheTable() throws IllegalAccessException {
        List<String> keys = new ArrayList<>();
        for (String line : TABLE.lines().toList()) {
            String[] cells = line.split(" +", 3);
            ConfigOption<?> option = declared().get(cells[0]);
            keys.add(cells[0]);
            assertThat(option).as(cells[0]).isNotNull();
            assertThat(readsAs(option, cells[1])).as("type of %s", cells[0]).isTrue();
            Object byDefault = option.defaultValue();
            String text = byDefault instanceof Duration d ? OptionValues.text(d) : "" + byDefault;
            assertThat(byDefault == null ? "-" : text)
                    .as("default of %s", cells[0])
                    .isEqualTo(cells[2]);
        }
        assertThat(declared().keySet()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void everyOptionIsEitherRequiredOrOptional() throws IllegalAccessException {
        List<ConfigOption<?>> listed = new ArrayList<>(VidiCenterOptions.required());
        listed.addAll(VidiCenterOptions.optional());
        assertThat(listed).containsExactlyInAnyOrderElementsOf(declared().values());
        assertThat(VidiCenterOptions.required())
                .containsExactlyInAnyOrder(
                        VidiCenterOptions.USERNAME,
                        VidiCenterOptions.DATA_TYPE,
                        VidiCenterOptions.TIME_RESOLUTION);
    }

    @Test
    void everyOptionIsDescribed() throws IllegalAccessException {
        assertThat(declared().values())
                .allSatisfy(
                        option ->
                                assertThat(option.description())
                                        .isNotEqualTo(
                                                ConfigOptions.key("x")
                                                        .stringType()
                                                        .noDefaultValue()
                                                        .description()));
    }

    private static Map<String, ConfigOption<?>> declared() throws IllegalAccessException {
        Map<String, ConfigOption<?>> options = new TreeMap<>();
        for (Field field : VidiCenterOptions.class.getFields()) {
            if (field.get(null) instanceof ConfigOption<?> option) {
                options.put(option.key(), option);
            }
        }
        return options;
    }

    /** The type of an option is not public, but what it makes of a text is. */
    private static boolean readsAs(ConfigOption<?> option, String type) {
        String text =
                switch (type) {
                    case "Duration" -> "7 min";
                    case "Integer" -> "7";
                    case "Boolean" -> "true";
                    default -> "any text";
                };
        Configuration options = Configuration.fromMap(Map.of(option.key(), text));
        return options.get(option).getClass().getSimpleName().equals(type);
    }
}
