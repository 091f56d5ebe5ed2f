package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.LocationStatus;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.Narrowing;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The account's locations, as the topology told them last. */
final class Topology {

    private static final Comparator<ZoneOffset> BY_OFFSET =
            Comparator.comparingInt(ZoneOffset::getTotalSeconds);

    private final Map<Long, LocationStatus> byId;
    private final Map<Long, List<LocationStatus>> bySite;

    Topology(List<LocationStatus> locations) {
        byId =
                locations.stream()
                        .collect(
                                Collectors.toMap(
                                        LocationStatus::id, Function.identity(), (a, b) -> b));
        bySite =
                byId.values().stream()
                        .filter(location -> location.siteId() != null)
                        .collect(Collectors.groupingBy(LocationStatus::siteId));
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** All that are active and needed: what {@code locations = *} selects. */
    Selection active(Narrowing needed) {
        return Selection.of(
                Selection.Kind.LOCATIONS,
                byId.values().stream()
                        .filter(LocationStatus::active)
                        .map(LocationStatus::id)
                        .filter(id -> needed.ids() == null || needed.ids().contains(id))
                        .toList());
    }

    /** Where the data of a location or a site comes from. */
    List<LocationStatus> of(Selection.Kind kind, long id) {
        if (kind == Selection.Kind.SITES) {
            return bySite.getOrDefault(id, List.of());
        }
        LocationStatus location = byId.get(id);
        return location == null ? List.of() : List.of(location);
    }

    /**
     * Where the data of a selection comes from. What tags stand for is in other lists, so with tags
     * it may come from any location.
     */
    List<LocationStatus> of(Selection selection) {
        if (!selection.locationTags().isEmpty() || !selection.siteTags().isEmpty()) {
            return List.copyOf(byId.values());
        }
        return selection.lists().entrySet().stream()
                .flatMap(
                        list ->
                                list.getValue().stream()
                                        .flatMap(id -> of(list.getKey(), id).stream()))
                .distinct()
                .toList();
    }

    /** The offset of the location where it is latest; empty where none is known. */
    static Optional<ZoneOffset> fastest(List<LocationStatus> locations) {
        return offsets(locations).max(BY_OFFSET);
    }

    /** The offset of the location where it is earliest; empty where none is known. */
    static Optional<ZoneOffset> slowest(List<LocationStatus> locations) {
        return offsets(locations).min(BY_OFFSET);
    }

    private static Stream<ZoneOffset> offsets(List<LocationStatus> locations) {
        return locations.stream().map(LocationStatus::offset).filter(Objects::nonNull);
    }
}
