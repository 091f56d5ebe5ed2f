package io.github.vidicenter.simulator.audience;

import java.time.LocalDateTime;
import java.util.List;

/**
 * Somebody who looked at the screen.
 *
 * @param time when it began; local time in seconds as if UTC
 * @param gender 0 unknown, 1 male, 2 female
 * @param age 0 unknown, 1 child, 2 young adult, 3 adult, 4 senior
 * @param years age in years; also known to the simulator where the location does not measure it
 * @param dwell in tenths of seconds
 * @param attention in tenths of seconds, never more than {@code dwell}
 * @param moods very happy, happy, neutral, unhappy, very unhappy; percent, 100 together
 * @param footfallStart null where there is no footfall record
 * @param contents what was played meanwhile; empty for viewers without content data
 */
public record Viewer(
        long time,
        int gender,
        int age,
        int years,
        int dwell,
        int attention,
        double[] moods,
        long vrId,
        long footfallId,
        LocalDateTime footfallStart,
        List<ContentView> contents) {

    /**
     * Somebody's look at one content.
     *
     * @param content index into {@link Contents#IDS}
     * @param dwell in milliseconds
     * @param attention in milliseconds
     * @param moods as in the viewer's, but in milliseconds of attention
     */
    public record ContentView(int content, int dwell, int attention, int[] moods) {}
}
