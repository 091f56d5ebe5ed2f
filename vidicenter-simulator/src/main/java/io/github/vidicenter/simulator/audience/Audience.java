package io.github.vidicenter.simulator.audience;

import io.github.vidicenter.simulator.audience.Viewer.ContentView;
import io.github.vidicenter.simulator.model.Hash;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Resolution;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the cameras saw. All of it follows from the seed, the location and the segment of five
 * minutes, so any part of any year can be asked for at no cost for the rest.
 */
public final class Audience {

    /** Independent series of random numbers. */
    enum Stream {
        VIEWERS,
        PASSERS,
        VEHICLES,
        PEOPLE,
        LOST_HOURS,
        WAYS,
        SHOPPERS,
        ZONES
    }

    /** Hundredths of people in a vehicle, by its type. */
    private static final int[] IMPRESSIONS = {100, 185, 950, 120, 350, 100};

    private final long seed;
    private final double scale;
    private final Map<Long, Rhythm> rhythms = new ConcurrentHashMap<>();

    /**
     * @param scale 1 gives a location some hundred watchers a day; 0 leaves nothing at all but
     *     uploaded rows
     */
    public Audience(long seed, double scale) {
        this.seed = seed;
        this.scale = scale;
    }

    /** Whether there is data at all, though perhaps of nobody. */
    public boolean open(Location location, long segment) {
        return scale > 0 && rhythm(location).open(segment);
    }

    /**
     * Whether impression multipliers can be told: of one hour in twenty-five they can't, which
     * calls for backup values.
     */
    public boolean analysed(Location location, long segment) {
        long hour = segment - Math.floorMod(segment, 3600L);
        return open(location, segment) && random(Stream.LOST_HOURS, location, hour).nextInt(25) > 0;
    }

    /** How many {@link #viewers} there are, without making them. */
    public int viewerCount(Location location, long segment) {
        return count(location, segment, random(Stream.VIEWERS, location, segment), 1);
    }

    public int vehicleCount(Location location, long segment) {
        return count(location, segment, random(Stream.VEHICLES, location, segment), .8);
    }

    public int personCount(Location location, long segment) {
        return count(location, segment, random(Stream.PEOPLE, location, segment), 1.5);
    }

    public List<Viewer> viewers(Location location, long segment) {
        SplittableRandom random = random(Stream.VIEWERS, location, segment);
        int count = count(location, segment, random, 1);
        List<Viewer> viewers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            viewers.add(viewer(random, segment, i));
        }
        return viewers;
    }

    /** People who could have watched and did not. */
    public int passers(Location location, long segment) {
        return count(location, segment, random(Stream.PASSERS, location, segment), 2.2);
    }

    public List<Vehicle> vehicles(Location location, long segment) {
        SplittableRandom random = random(Stream.VEHICLES, location, segment);
        int count = count(location, segment, random, .8);
        List<Vehicle> vehicles = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int type = pick(random, 0, 70, 5, 10, 10, 5);
            Long color =
                    switch (random.nextInt(20)) {
                        case 0 -> null;
                        case 1 -> 12_356L;
                        default -> (long) random.nextInt(8);
                    };
            vehicles.add(
                    new Vehicle(
                            segment + random.nextInt((int) Resolution.SEGMENT),
                            type,
                            color,
                            random.nextInt(5, 300),
                            IMPRESSIONS[type]));
        }
        return vehicles;
    }

    public List<Person> people(Location location, long segment) {
        SplittableRandom random = random(Stream.PEOPLE, location, segment);
        int count = count(location, segment, random, 1.5);
        List<Person> people = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long time = segment + random.nextInt((int) Resolution.SEGMENT);
            boolean watched = random.nextInt(3) == 0;
            long id = id(segment, 2 * i);
            people.add(
                    new Person(
                            time,
                            random.nextInt(5, 600),
                            id,
                            watched ? id + 1 : 0,
                            watched ? withMicros(time, random) : null,
                            random.nextInt(2)));
        }
        return people;
    }

    private Viewer viewer(SplittableRandom random, long segment, int index) {
        long time = segment + random.nextInt((int) Resolution.SEGMENT);
        int gender = pick(random, 8, 47, 45);
        int age = pick(random, 8, 10, 30, 37, 15);
        int years =
                switch (age) {
                    case 1 -> random.nextInt(4, 15);
                    case 2 -> random.nextInt(15, 30);
                    case 4 -> random.nextInt(65, 90);
                    default -> random.nextInt(30, 65);
                };
        int dwell = 5 + (int) (-Math.log(1 - random.nextDouble()) * 60);
        int attention = 1 + (int) (dwell * random.nextDouble() * .8);
        double[] moods = shares(random, 5);
        boolean footfall = random.nextInt(3) > 0;
        long id = id(segment, 2 * index);
        return new Viewer(
                time,
                gender,
                age,
                years,
                dwell,
                attention,
                moods,
                id,
                footfall ? id + 1 : 0,
                footfall ? withMicros(time, random) : null,
                contents(random, dwell, attention, moods));
    }

    /** One viewer in five comes without content data; long looks see more than one content. */
    private static List<ContentView> contents(
            SplittableRandom random, int dwell, int attention, double[] moods) {
        if (random.nextInt(5) == 0) {
            return List.of();
        }
        int seen = Math.min(Contents.IDS.size(), 1 + dwell / 100);
        int first = random.nextInt(Contents.IDS.size());
        List<ContentView> views = new ArrayList<>(seen);
        for (int i = 0; i < seen; i++) {
            int lookedAt = attention * 100 / seen;
            int[] times = new int[moods.length];
            for (int mood = 0; mood < moods.length; mood++) {
                times[mood] = (int) (lookedAt * moods[mood] / 100);
            }
            views.add(
                    new ContentView(
                            (first + i) % Contents.IDS.size(),
                            dwell * 100 / seen,
                            lookedAt,
                            times));
        }
        return views;
    }

    SplittableRandom random(Stream stream, Location location, long segment) {
        return Hash.random(Hash.of(seed, stream.ordinal()), location.id(), segment);
    }

    /** Draws a number of events; the first thing that is drawn of a stream. */
    private int count(Location location, long segment, SplittableRandom random, double perWatcher) {
        if (!open(location, segment)) {
            return 0;
        }
        return poisson(random, rhythm(location).watchers(segment) * scale * perWatcher);
    }

    private Rhythm rhythm(Location location) {
        Rhythm rhythm = rhythms.get(location.id());
        if (rhythm == null || rhythm.location() != location) {
            rhythm = new Rhythm(location);
            rhythms.put(location.id(), rhythm);
        }
        return rhythm;
    }

    private static int poisson(SplittableRandom random, double mean) {
        if (mean > 30) {
            // Close enough to a normal distribution, which here is a sum of uniform ones.
            double normal = -6;
            for (int i = 0; i < 12; i++) {
                normal += random.nextDouble();
            }
            return (int) Math.max(0, Math.round(mean + normal * Math.sqrt(mean)));
        }
        double limit = Math.exp(-mean);
        int count = -1;
        for (double product = 1; product > limit; count++) {
            product *= random.nextDouble();
        }
        return Math.max(0, count);
    }

    /** An index, with the given chances in percent. */
    private static int pick(SplittableRandom random, int... percent) {
        int drawn = random.nextInt(100);
        int index = 0;
        while (index < percent.length - 1 && drawn >= percent[index]) {
            drawn -= percent[index++];
        }
        return index;
    }

    /** Percentages whose sum is 100. */
    private static double[] shares(SplittableRandom random, int parts) {
        int[] weights = new int[parts];
        int sum = 0;
        for (int i = 0; i < parts; i++) {
            weights[i] = Math.max(0, random.nextInt(-60, 100));
            sum += weights[i];
        }
        if (sum == 0) {
            weights[parts / 2] = sum = 1;
        }
        double[] shares = new double[parts];
        for (int i = 0; i < parts; i++) {
            shares[i] = weights[i] * 100.0 / sum;
        }
        return shares;
    }

    /** Unique within a location. */
    private static long id(long segment, int index) {
        return segment / Resolution.SEGMENT * 10_000 + index;
    }

    private static LocalDateTime withMicros(long time, SplittableRandom random) {
        return Resolution.dateTime(time).plusNanos(1_000L * random.nextInt(1_000_000));
    }
}
