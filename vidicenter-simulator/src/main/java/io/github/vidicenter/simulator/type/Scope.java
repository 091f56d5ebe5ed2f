package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.model.Location;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the rows of a data type are about. */
public enum Scope {
    LOCATION("location_id"),
    SITE("site_id"),
    /** All that was selected, as one; rows carry no id. */
    SELECTION(null);

    private final String column;

    Scope(String column) {
        this.column = column;
    }

    /** Null where rows carry no id. */
    public String column() {
        return column;
    }

    public List<Unit> units(List<Location> selected) {
        return switch (this) {
            case LOCATION -> selected.stream().map(l -> new Unit(l.id(), List.of(l))).toList();
            case SITE ->
                    selected.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Location::siteId, TreeMap::new, Collectors.toList()))
                            .entrySet()
                            .stream()
                            .map(site -> new Unit(site.getKey(), site.getValue()))
                            .toList();
            case SELECTION -> List.of(new Unit(0, selected));
        };
    }
}
