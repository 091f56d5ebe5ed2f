package io.github.vidicenter.simulator.model;

import java.util.List;

/**
 * A place of a network that holds locations.
 *
 * @param tags ids of site tags
 */
public record Site(long id, long networkId, List<Long> tags) {

    public static final long NORTH_TAG = 21;
    public static final long SOUTH_TAG = 22;

    public static Site of(long id) {
        return new Site(id, 15_678, List.of(id % 2 == 0 ? NORTH_TAG : SOUTH_TAG));
    }

    public String label() {
        return "site-" + id;
    }
}
