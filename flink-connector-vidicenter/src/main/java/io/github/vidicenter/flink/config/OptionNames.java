package io.github.vidicenter.flink.config;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.FactoryUtil;

/** Refuses options that do not exist, which are most often misspelt ones. */
public final class OptionNames {

    private OptionNames() {}

    /**
     * @param given keys of a table's options
     * @throws ValidationException naming the first that does not exist, and the nearest that does
     */
    public static void check(Collection<String> given) {
        Set<String> known = new TreeSet<>();
        Stream.of(
                        VidiCenterOptions.required().stream(),
                        VidiCenterOptions.optional().stream(),
                        Stream.of(FactoryUtil.CONNECTOR, FactoryUtil.PROPERTY_VERSION))
                .flatMap(options -> options)
                .map(ConfigOption::key)
                .forEach(known::add);
        for (String key : new TreeSet<>(given)) {
            if (!known.contains(key)) {
                known.remove(FactoryUtil.PROPERTY_VERSION.key());
                throw new ValidationException(
                        "Option '%s' does not exist. %s".formatted(key, Suggestion.of(key, known)));
            }
        }
    }
}
