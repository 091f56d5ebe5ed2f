package io.github.vidicenter.simulator.model;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The account's locations and sites; may change while the simulator runs. */
public final class Topology {

    /**
     * Locations of the API document's own calls, so that these are answered; {@link #DOCUMENT_SITES
     * sites} likewise, two locations each.
     */
    private static final List<Long> DOCUMENT_LOCATIONS =
            List.of(
                    1056L, 4636L, 123L, 124L, 1234L, 1467L, 8264L, 8866L, 9876L, 26549L, 38918L,
                    92304L, 136558L);

    private static final List<Long> DOCUMENT_SITES = List.of(178L, 1234L, 1235L);

    private final NavigableMap<Long, Location> locations = new ConcurrentSkipListMap<>();
    private final NavigableMap<Long, Site> sites = new ConcurrentSkipListMap<>();

    /** A topology with the API document's locations, or with the ones that are put in. */
    public static Topology ofDocument() {
        Topology topology = new Topology();
        DOCUMENT_LOCATIONS.forEach(topology::put);
        return topology;
    }

    /** Adds a location with the habits of its id, in the first site that has room for it. */
    public void put(long locationId) {
        int index = locations.size() / 2;
        put(
                Location.of(
                        locationId,
                        index < DOCUMENT_SITES.size()
                                ? DOCUMENT_SITES.get(index)
                                : DOCUMENT_SITES.get(DOCUMENT_SITES.size() - 1)
                                        + 1
                                        + index
                                        - DOCUMENT_SITES.size()));
    }

    /** Adds or replaces a location, and its site if that is new. */
    public void put(Location location) {
        sites.computeIfAbsent(location.siteId(), Site::of);
        locations.put(location.id(), location);
    }

    public Collection<Location> locations() {
        return locations.values();
    }

    public Collection<Site> sites() {
        return sites.values();
    }

    /** Null where there is none. */
    public Location location(long id) {
        return locations.get(id);
    }

    /** Null where there is none. */
    public Site site(long id) {
        return sites.get(id);
    }

    public List<Location> ofSite(long siteId) {
        return locations.values().stream().filter(l -> l.siteId() == siteId).toList();
    }

    public List<Location> ofLocationTag(long tag) {
        return locations.values().stream().filter(l -> l.tags().contains(tag)).toList();
    }

    public List<Location> ofSiteTag(long tag) {
        return locations.values().stream()
                .filter(l -> sites.get(l.siteId()).tags().contains(tag))
                .toList();
    }
}
