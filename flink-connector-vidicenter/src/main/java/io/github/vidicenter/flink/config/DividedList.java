package io.github.vidicenter.flink.config;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.schema.DataType;
import java.util.Optional;
import java.util.Set;

/**
 * Which list of ids the planner may divide among exports: the only list of a selection, where rows
 * belong to single ids. All else is asked for in one request, so that what overlaps comes once and
 * averages stay whole.
 */
public final class DividedList {

    private DividedList() {}

    /**
     * @return null where the selection is to stay whole
     */
    public static Selection.Kind of(VidiCenterConfig config) {
        String id = config.kind().dataType();
        DataType dataType = DataType.find(id).orElseGet(() -> DataType.unknown(id));
        Set<Selection.Kind> kinds =
                config.scan().allLocations()
                        ? Set.of(Selection.Kind.LOCATIONS)
                        : config.selection().lists().keySet();
        return kinds.size() == 1 && kinds.stream().allMatch(dataType::divisible)
                ? kinds.iterator().next()
                : null;
    }

    /**
     * The column that holds the ids of the divided list: what a row has there decides which export
     * has the row. Empty where the list stays whole, or rows tell other ids than it has.
     */
    public static Optional<String> column(VidiCenterConfig config) {
        Selection.Kind divided = of(config);
        String column = divided == Selection.Kind.SITES ? "site_id" : "location_id";
        return divided == null
                ? Optional.empty()
                : DataType.find(config.kind().dataType())
                        .flatMap(DataType::idColumn)
                        .filter(column::equals);
    }
}
