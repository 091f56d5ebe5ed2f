package io.github.vidicenter.flink.dashboard.web;

import java.time.LocalDateTime;

/**
 * How the export is getting on. What the job does not tell (yet) is null.
 *
 * @param now in the data's local time
 * @param callsInMinute calls in the last 60 s
 * @param callsPerMinute how many are allowed
 * @param exportsBuilding export slots in use
 * @param exportSlots how many there are
 * @param windowsWaiting windows that are due and not read yet, of both tables
 * @param windowsDue all windows that were due when the backlog began
 * @param secondsLeft until the backlog is read, at the present pace
 */
record Status(
        LocalDateTime now,
        Long callsInMinute,
        Long callsPerMinute,
        Long exportsBuilding,
        Long exportSlots,
        Long windowsWaiting,
        Long windowsDue,
        Long secondsLeft) {}
