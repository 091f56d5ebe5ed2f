package io.github.vidicenter.flink.client;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an export's data comes from (API document, "Sources"): ids of locations, sites and tags.
 * Ids are kept sorted and distinct, so that equal selections make equal requests.
 */
public record Selection(
        List<Long> locations, List<Long> sites, List<Long> locationTags, List<Long> siteTags)
        implements Serializable {

    /** The API's names of the four lists, in the order in which requests carry them. */
    public enum Kind {
        LOCATIONS("locations", 1),
        SITES("sites", 10),
        LOCATION_TAGS("location_tags", 100),
        SITE_TAGS("site_tags", 100);

        private final String parameter;
        private final int likelyLocations;

        Kind(String parameter, int likelyLocations) {
            this.parameter = parameter;
            this.likelyLocations = likelyLocations;
        }

        /** A guess at how many locations one id stands for, to judge sizes by. */
        public int likelyLocations() {
            return likelyLocations;
        }

        public String parameter() {
            return parameter;
        }
    }

    public Selection {
        locations = canonical(locations);
        sites = canonical(sites);
        locationTags = canonical(locationTags);
        siteTags = canonical(siteTags);
    }

    public static Selection of(Kind kind, List<Long> ids) {
        List<Long> none = List.of();
        return switch (kind) {
            case LOCATIONS -> new Selection(ids, none, none, none);
            case SITES -> new Selection(none, ids, none, none);
            case LOCATION_TAGS -> new Selection(none, none, ids, none);
            case SITE_TAGS -> new Selection(none, none, none, ids);
        };
    }

    /** The lists that are not empty, by kind. */
    public Map<Kind, List<Long>> lists() {
        Map<Kind, List<Long>> lists = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            if (!ids(kind).isEmpty()) {
                lists.put(kind, ids(kind));
            }
        }
        return lists;
    }

    public List<Long> ids(Kind kind) {
        return switch (kind) {
            case LOCATIONS -> locations;
            case SITES -> sites;
            case LOCATION_TAGS -> locationTags;
            case SITE_TAGS -> siteTags;
        };
    }

    /** A guess at how many locations these are, to judge sizes by. */
    public long likelyLocations() {
        long locations = 0;
        for (Kind kind : Kind.values()) {
            locations += (long) ids(kind).size() * kind.likelyLocations();
        }
        return locations;
    }

    private static List<Long> canonical(List<Long> ids) {
        return ids.stream().sorted().distinct().toList();
    }
}
