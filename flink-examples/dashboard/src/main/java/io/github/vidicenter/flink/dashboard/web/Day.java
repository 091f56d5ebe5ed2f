package io.github.vidicenter.flink.dashboard.web;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A day as the page shows it. What is not there is null, and never zero.
 *
 * @param windowMinutes length of a window
 * @param locations by id
 */
record Day(LocalDate day, long windowMinutes, List<Location> locations) {

    /**
     * @param name null while it is not known
     * @param latest end of the last window of any day that holds data; null if there is none
     * @param windows those that were read, in the order of time
     */
    record Location(
            long id,
            String name,
            String site,
            LocalDateTime latest,
            List<Window> windows,
            List<Group> groups) {}

    /**
     * @param minute of the day in which it starts
     * @param ots people who could have watched; null without data
     * @param watchers null without data
     * @param revision how often late uploads have corrected it
     */
    record Window(int minute, Long ots, Long watchers, int revision) {}

    /**
     * Watchers of a gender and an age group over the day.
     *
     * @param gender 0 unknown, 1 male, 2 female
     * @param age 0 unknown, 1 child, 2 young adult, 3 adult, 4 senior
     * @param dwellTenths how long they stayed, in tenths of seconds
     */
    record Group(int gender, int age, Long watchers, Long dwellTenths) {}
}
