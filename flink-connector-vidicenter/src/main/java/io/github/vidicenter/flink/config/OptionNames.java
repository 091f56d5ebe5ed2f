package io.github.vidicenter.flink.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
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
        Set<ConfigOption<?>> known = new HashSet<>(VidiCenterOptions.required());
        known.addAll(VidiCenterOptions.optional());
        known.add(FactoryUtil.CONNECTOR);
        check(given, known);
    }

    /**
     * @param given keys of options
     * @throws ValidationException naming the first that is not known, and the nearest that is
     */
    public static void check(Collection<String> given, Collection<ConfigOption<?>> known) {
        Set<String> keys =
                known.stream()
                        .map(ConfigOption::key)
                        .collect(Collectors.toCollection(TreeSet::new));
        for (String key : new TreeSet<>(given)) {
            if (!keys.contains(key) && !key.equals(FactoryUtil.PROPERTY_VERSION.key())) {
                throw new ValidationException(
                        "Option '%s' does not exist. %s".formatted(key, Suggestion.of(key, keys)));
            }
        }
    }

    /**
     * @throws ValidationException if the option's value is of another kind
     */
    public static void checkReadable(ConfigOption<?> option, ReadableConfig values) {
        new OptionValues(values).find(option);
    }
}
