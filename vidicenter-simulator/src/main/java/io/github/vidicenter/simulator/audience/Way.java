package io.github.vidicenter.simulator.audience;

import io.github.vidicenter.simulator.model.Location;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The way that one of those went who could watch.
 *
 * @param direction index into {@link #DIRECTIONS}
 * @param range index into {@link #RANGES}
 * @param presence in seconds
 */
public record Way(int direction, int range, int presence) {

    public static final List<String> DIRECTIONS =
            List.of(
                    "north",
                    "north_east",
                    "north_west",
                    "south",
                    "south_east",
                    "south_west",
                    "west",
                    "east");
    public static final List<String> RANGES = List.of("far", "mid_range", "near");

    /** Those of a segment, as many as there are OTS. */
    public static List<Way> all(Audience audience, Location location, long segment) {
        SplittableRandom random = audience.random(Audience.Stream.WAYS, location, segment);
        return Stream.generate(
                        () ->
                                new Way(
                                        random.nextInt(DIRECTIONS.size()),
                                        random.nextInt(RANGES.size()),
                                        random.nextInt(1, 20)))
                .limit(
                        audience.viewerCount(location, segment)
                                + audience.passers(location, segment))
                .toList();
    }

    /** Whether the document counts its direction among the effective ones. */
    public boolean effective() {
        return !DIRECTIONS.get(direction).startsWith("north");
    }

    public boolean nearby() {
        return range > 0;
    }
}
