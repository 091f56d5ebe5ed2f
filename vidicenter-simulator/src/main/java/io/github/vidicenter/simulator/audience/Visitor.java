package io.github.vidicenter.simulator.audience;

import io.github.vidicenter.simulator.model.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A person in a shop.
 *
 * @param visits of zones, each of them once; may be empty, as may the others
 * @param clips views of what is displayed
 */
public record Visitor(
        Person person, List<ZonePass> visits, List<ZonePass> clips, List<ZonePass> doorpass) {

    public record ZonePass(Zone zone, List<Timing> timings) {

        /** Whether one presence reaches the zone's threshold. */
        public boolean qualified() {
            return timings.stream().anyMatch(this::qualified);
        }

        public boolean qualified(Timing timing) {
            return timing.duration() >= zone.threshold();
        }
    }

    /**
     * A presence in a zone, in milliseconds.
     *
     * @param start from the start of the person's own presence
     */
    public record Timing(int start, int duration) {}

    /** Everybody who passed on foot in a segment. */
    public static List<Visitor> all(Audience audience, Location location, long segment) {
        SplittableRandom random = audience.random(Audience.Stream.ZONES, location, segment);
        return audience.people(location, segment).stream()
                .map(person -> visitor(person, random))
                .toList();
    }

    public long time() {
        return person.time();
    }

    private static Visitor visitor(Person person, SplittableRandom random) {
        List<ZonePass> visits = new ArrayList<>();
        for (Zone zone : Zone.VISITED) {
            if (random.nextInt(3) == 0) {
                visits.add(pass(zone, person, 1 + random.nextInt(2), random));
            }
        }
        return new Visitor(
                person,
                visits,
                random.nextInt(4) == 0 ? List.of(pass(Zone.DISPLAY, person, 1, random)) : List.of(),
                random.nextInt(5) == 0
                        ? List.of(pass(Zone.DOORWAY, person, 1, random))
                        : List.of());
    }

    /** Presences one after the other, none longer than its part of the person's presence. */
    private static ZonePass pass(Zone zone, Person person, int times, SplittableRandom random) {
        int part = person.presence() * 100 / times;
        List<Timing> timings = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            int start = random.nextInt(part / 2);
            timings.add(new Timing(i * part + start, 1 + random.nextInt(part - start)));
        }
        return new ZonePass(zone, timings);
    }
}
