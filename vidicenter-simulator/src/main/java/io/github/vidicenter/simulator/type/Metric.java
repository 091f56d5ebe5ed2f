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
    /** Rounded in each segment, for the exports that print whole ones. */
    WHOLE_VEHICLE_IMPRESSIONS,
    /** Tenths of seconds. */
    VEHICLE_PRESENCE,
    PEOPLE,
    /** Tenths of seconds. */
    PEOPLE_PRESENCE,
    IN,
    OUT,
    NEARBY_OTS,
    /** Seconds, of OTS. */
    PRESENCE,
    /** Segments that were counted a week before. */
    BACKUP,
    PLAYS,
    /** Hundredths of seconds. */
    CONTENT_DURATION,
    /** Seconds, rounded in each segment, for the exports that print whole ones. */
    WHOLE_CONTENT_DURATION,
    /** With more than two seconds of attention. */
    ATTENTIVE_WATCHERS,
    TOUCHES,
    SALES,
    PUT_BACK,
    POI_BY_PASSERS,
    VISITS,
    /** Milliseconds. */
    VISIT_DWELL,
    /** With a presence that reaches the zone's threshold. */
    QUALIFIED_VISITS,
    /** Milliseconds. */
    QUALIFIED_DWELL
}
