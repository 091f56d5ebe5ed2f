package io.github.vidicenter.flink.client;

/** The topology's endpoints (newer edition, "Topology calls", "Tags calls"): whole lists. */
public enum TopologyList {
    NETWORKS("networks/"),
    SITES("sites/"),
    LOCATIONS("locations/"),
    BOXES("boxes/"),
    SITE_TAGS("site_tags/"),
    LOCATION_TAGS("location_tags/");

    private final String path;

    TopologyList(String path) {
        this.path = path;
    }

    /** Below the API's root. */
    public String path() {
        return path;
    }
}
