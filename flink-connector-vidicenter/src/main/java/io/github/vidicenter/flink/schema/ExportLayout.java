package io.github.vidicenter.flink.schema;

import io.github.vidicenter.flink.window.TimeResolution;
import java.util.List;
import java.util.Set;

/**
 * What the rows of a data type look like at some resolutions.
 *
 * @param byDemographics with which values of {@code group_by_demographics} rows look so
 * @param naturalKey names of the columns that tell rows apart; empty: none do
 */
record ExportLayout(
        Set<TimeResolution> resolutions,
        Set<Boolean> byDemographics,
        List<Column> columns,
        List<String> naturalKey) {

    boolean covers(TimeResolution resolution, boolean demographics) {
        return resolutions.contains(resolution) && byDemographics.contains(demographics);
    }
}
