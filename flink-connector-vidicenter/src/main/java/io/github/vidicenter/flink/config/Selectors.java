package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.VidiCenterOptions.ALL_LOCATIONS;

import io.github.vidicenter.flink.client.Selection;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;

/**
 * Reads where data comes from: the four lists of ids.
 *
 * @param allLocations whether {@code locations} is {@code *}; it then adds no id
 */
record Selectors(Selection selection, boolean allLocations) {

    static Selectors read(OptionValues options) {
        boolean all =
                options.find(VidiCenterOptions.LOCATIONS)
                        .filter(value -> value.strip().equals(ALL_LOCATIONS))
                        .isPresent();
        Selection selection =
                new Selection(
                        all ? List.of() : ids(options, VidiCenterOptions.LOCATIONS),
                        ids(options, VidiCenterOptions.SITES),
                        ids(options, VidiCenterOptions.LOCATION_TAGS),
                        ids(options, VidiCenterOptions.SITE_TAGS));
        if (all && !selection.lists().isEmpty()) {
            throw OptionValues.refuse(
                    VidiCenterOptions.LOCATIONS,
                    ALL_LOCATIONS,
                    "stands for all active locations, and can't be set together with '%s': set one of them."
                            .formatted(
                                    selection
                                            .lists()
                                            .keySet()
                                            .iterator()
                                            .next()
                                            .parameter()
                                            .replace('_', '-')));
        }
        if (!all && selection.lists().isEmpty()) {
            throw new ValidationException(
                    "Nothing says where the data comes from. Set at least one of 'locations',"
                            + " 'sites', 'location-tags' and 'site-tags' to ids, separated by"
                            + " commas.");
        }
        return new Selectors(selection, all);
    }

    private static List<Long> ids(OptionValues options, ConfigOption<String> option) {
        String list = options.find(option).orElse(null);
        if (list == null) {
            return List.of();
        }
        List<Long> ids = new ArrayList<>();
        for (String id : list.split(",", -1)) {
            ids.add(id(option, list, id.strip()));
        }
        return ids;
    }

    private static long id(ConfigOption<String> option, String list, String id) {
        if (id.equals(ALL_LOCATIONS) && option.equals(VidiCenterOptions.LOCATIONS)) {
            throw OptionValues.refuse(
                    option, list, "mixes '*' with ids: write '*' alone, or ids alone.");
        }
        try {
            long number = Long.parseLong(id);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, together with numbers that are no ids
        }
        throw OptionValues.refuse(
                option,
                list,
                "holds '"
                        + id
                        + "', which is no id: write positive integers, separated by commas.");
    }
}
