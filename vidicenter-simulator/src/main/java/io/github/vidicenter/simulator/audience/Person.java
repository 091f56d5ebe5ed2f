package io.github.vidicenter.simulator.audience;

import java.time.LocalDateTime;

/**
 * Somebody who passed by on foot.
 *
 * @param time local time in seconds as if UTC
 * @param presence in tenths of seconds
 * @param watcherId 0 where there is no record of a watcher
 * @param watcherStart with microseconds; null where there is no record of a watcher
 */
public record Person(
        long time,
        int presence,
        long vrId,
        long watcherId,
        LocalDateTime watcherStart,
        int trackingMode) {}
