package io.github.vidicenter.simulator.type;

/** What is summed over segments of five minutes. */
enum Metric {
    /** Seconds with a camera at work; none makes a placeholder row. */
    DURATION,
    WATCHERS,
    /** Tenths of seconds. */
    DWELL,
    /** Tenths of seconds. */
    ATTENTION,
    OTS,
    EFFECTIVE_OTS,
    VEHICLES,
    /** Hundredths. */
    VEHICLE_IMPRESSIONS,
    /** Tenths of seconds. */
    VEHICLE_PRESENCE,
    PEOPLE,
    /** Tenths of seconds. */
    PEOPLE_PRESENCE
}
