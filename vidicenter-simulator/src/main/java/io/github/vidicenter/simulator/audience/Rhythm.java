package io.github.vidicenter.simulator.audience;

import io.github.vidicenter.simulator.model.Hash;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Resolution;

/** When a location is open and how busy it then is: by hour, weekday, season and day. */
final class Rhythm {

    /** Busyness at each full hour: mornings rise, lunch and the early evening are the peaks. */
    private static final double[] DAY = {
        .04, .03, .02, .02, .03, .08, .2, .45, .65, .6, .65, .8, 1, .9, .7, .7, .8, .95, 1, .8, .5,
        .3, .15, .08
    };

    private static final long DAY_SECONDS = 86_400;

    private final Location location;
    private final long opens;
    private final long closes;
    private final long firstUpload;
    private final double weekend;
    private final double peak;

    Rhythm(Location location) {
        this.location = location;
        this.opens = location.opens().toSecondOfDay();
        this.closes = location.closes().toSecondOfDay();
        this.firstUpload = Resolution.seconds(location.firstUpload());
        // Offices are empty at weekends, malls are full.
        this.weekend =
                location.id() % 2 == 0
                        ? Hash.between(Hash.of(location.id(), 11), 1.1, 1.5)
                        : Hash.between(Hash.of(location.id(), 11), .2, .5);
        this.peak = Hash.between(Hash.of(location.id(), 13), 3.0, 12.0);
    }

    Location location() {
        return location;
    }

    boolean open(long segment) {
        if (segment < firstUpload) {
            return false;
        }
        long time = Math.floorMod(segment, DAY_SECONDS);
        return opens < closes
                ? opens <= time && time < closes
                : opens == closes || time >= opens || time < closes;
    }

    /** Expected number of watchers in five minutes, if it is open. */
    double watchers(long segment) {
        long day = Math.floorDiv(segment, DAY_SECONDS);
        double hour = Math.floorMod(segment, DAY_SECONDS) / 3600.0;
        int from = (int) hour;
        double curve = DAY[from] + (DAY[(from + 1) % 24] - DAY[from]) * (hour - from);
        // 1970-01-01 was a Thursday.
        boolean atWeekend = Math.floorMod(day + 3, 7) >= 5;
        double season = 1 + .15 * Math.cos(2 * Math.PI * (day % 365.25 - 350) / 365.25);
        double mood = Hash.between(Hash.of(location.id(), day, 17), .8, 1.2);
        return peak * curve * (atWeekend ? weekend : 1) * season * mood;
    }
}
