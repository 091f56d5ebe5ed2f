package io.github.vidicenter.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which exports there are and the keys of their rows, as the two editions of the API document list
 * and print them.
 *
 * @param byDemographics asked for with {@code group_by_demographics}
 * @param keys of every row
 * @param optional keys that rows have where there is something to tell
 */
record DocumentedExport(
        String dataType,
        String resolution,
        boolean newEdition,
        boolean byDemographics,
        Set<String> keys,
        Set<String> optional) {

    static final List<String> AGGREGATED =
            List.of("5m", "10m", "15m", "30m", "1h", "1d", "7d", "30d", "1M");

    private static final String VIEWER =
            "gender age age_value dwell_time_in_tenths_of_sec attention_time_in_tenths_of_sec"
                    + " very_happy happy neutral unhappy very_unhappy";
    private static final String WATCHERS =
            "watcher_count dwell_time_in_tenths_of_sec attention_time_in_tenths_of_sec";
    private static final String IM =
            "location_id period_start vehicle_count vehicle_presence_time vehicle_impressions"
                    + " impressions_per_vehicle footfall_impressions footfall_presence_time"
                    + " im_footfall im_vehicle im backup_value analysis_window";
    private static final String IM_OTS =
            "location_id period_start ots_count watcher_count watcher_dwell_time"
                    + " watcher_attention_time im backup_value analysis_window active";
    private static final String PLAYS =
            "period_start content_id content_duration duration impressions play_count"
                    + " impressions_per_play watchers watchers_2sec dwell_time_in_tenths_of_sec"
                    + " attention_time_in_tenths_of_sec avg_dwell_time_in_tenths_of_sec"
                    + " avg_attention_time_in_tenths_of_sec";
    private static final String WATCHERS_BY_DEMOGRAPHICS =
            " watchers_masked watchers_child_male watchers_young_adult_male watchers_adult_male"
                    + " watchers_senior_male watchers_child_female watchers_young_adult_female"
                    + " watchers_adult_female watchers_senior_female";
    private static final String TRAFFIC_PLAYS =
            "period_start content_id content_duration duration play_count vehicle_count"
                    + " vehicle_impressions vehicle_presence_time avg_vehicle_presence_time"
                    + " footfall_impressions footfall_presence_time avg_footfall_presence_time"
                    + " total_impressions total_impressions_per_play total_presence_time"
                    + " avg_presence_time";
    private static final String COMPASS =
            "location_id period_start presence_total far mid_range near north north_east north_west"
                    + " south south_east south_west west east";

    static List<DocumentedExport> all() {
        return Stream.of(
                        oldEdition("viewers", "finest", "location_id period_start " + VIEWER),
                        newEdition(
                                "viewers",
                                "finest",
                                "location_id period_start vr_id footfall_id footfall_start "
                                        + VIEWER),
                        both(
                                "viewers",
                                "aggregated",
                                "location_id period_start conversion_ratio " + WATCHERS),
                        byDemographics(
                                both(
                                        "viewers",
                                        "aggregated",
                                        "location_id period_start gender age " + WATCHERS)),
                        oldEdition(
                                "viewers_apc",
                                "finest",
                                "location_id start_time contents " + VIEWER),
                        newEdition(
                                "viewers_apc",
                                "finest",
                                "location_id start_time contents vr_id footfall_id footfall_start "
                                        + VIEWER),
                        oldEdition(
                                "ots",
                                "aggregated",
                                "location_id period_start ots_count duration watcher_count"),
                        newEdition(
                                "ots",
                                "1h 1d 7d 1M",
                                "location_id period_start ots_count effective_ots_count duration"
                                        + " watcher_count status"),
                        newEdition(
                                "ots",
                                "5m 10m 15m 30m 30d",
                                "location_id period_start ots_count duration watcher_count status"),
                        both(
                                "gate",
                                "aggregated",
                                "location_id period_start gate_id in_count out_count duration"),
                        proofOfPlay("proof_of_play_by_location", "location_id "),
                        proofOfPlay("proof_of_play_by_location_footfall_faces", "location_id "),
                        proofOfPlay("proof_of_play_by_site", "site_id "),
                        proofOfPlay("proof_of_play_by_site_footfall_faces", "site_id "),
                        both(
                                "proof_of_play_vehicle_person_by_location",
                                "aggregated",
                                "location_id " + TRAFFIC_PLAYS),
                        both(
                                "proof_of_play_vehicle_person_by_site",
                                "aggregated",
                                "site_id " + TRAFFIC_PLAYS),
                        both("extrapolated_watchers", "aggregated", "period_start " + WATCHERS),
                        both(
                                "extrapolated_ots",
                                "aggregated",
                                "period_start ots_count duration watcher_count"),
                        oldEdition(
                                "footfall",
                                "finest",
                                "location_id period_start footfall_presence_time"),
                        newEdition(
                                "footfall",
                                "finest",
                                "location_id period_start footfall_presence_time vr_id watcher_id"
                                        + " watcher_start tracking_mode"),
                        both(
                                "footfall",
                                "aggregated",
                                "location_id period_start footfall_impressions"
                                        + " footfall_presence_time"),
                        both(
                                "vehicles",
                                "finest",
                                "location_id period_start type color vehicle_presence_time"
                                        + " vehicle_impressions impressions_per_vehicle"),
                        both(
                                "vehicles",
                                "aggregated",
                                "location_id period_start vehicle_count vehicle_presence_time"
                                        + " vehicle_impressions impressions_per_vehicle"),
                        oldEdition(
                                "vehicles_footfall",
                                "finest",
                                "location_id period_start type color vehicle_impressions"
                                        + " vehicle_presence_time impressions_per_vehicle"
                                        + " footfall_presence_time"),
                        newEdition(
                                "vehicles_footfall",
                                "finest",
                                "location_id period_start type color vehicle_impressions"
                                        + " vehicle_presence_time impressions_per_vehicle"
                                        + " footfall_presence_time [tracking_mode] [vr_id]"
                                        + " [watcher_id] [watcher_start]"),
                        both(
                                "vehicles_footfall",
                                "aggregated",
                                "location_id period_start vehicle_count vehicle_impressions"
                                        + " vehicle_presence_time impressions_per_vehicle"
                                        + " footfall_impressions footfall_presence_time"
                                        + " total_impressions total_presence_time"
                                        + " avg_presence_time"),
                        oldEdition("im", "1h", IM),
                        oldEdition("im_ccs", "1h", IM),
                        newEdition("im", "1h", IM + " active"),
                        newEdition("im_nobackup", "1h", IM + " active"),
                        newEdition("im_ots", "1h", IM_OTS),
                        newEdition("im_ots_nobackup", "1h", IM_OTS),
                        newEdition(
                                "targeted_im",
                                "1h",
                                "location_id period_start im"
                                        + " all_age_12_17_im male_age_12_17_im female_age_12_17_im"
                                        + " all_age_18_24_im male_age_18_24_im female_age_18_24_im"
                                        + " all_age_25_34_im male_age_25_34_im female_age_25_34_im"
                                        + " all_age_35_44_im male_age_35_44_im female_age_35_44_im"
                                        + " all_age_45_54_im male_age_45_54_im female_age_45_54_im"
                                        + " all_age_55_64_im male_age_55_64_im female_age_55_64_im"
                                        + " all_age_65_plus_im male_age_65_plus_im"
                                        + " female_age_65_plus_im"
                                        + " male_total_im female_total_im"),
                        both(
                                "pmp_sales_by_demographics",
                                "finest",
                                "location_id period_start estimated_sales product product_touches"
                                        + " put_back gender age_bracket"),
                        both(
                                "pmp_sales_by_demographics",
                                "aggregated",
                                "location_id period_start estimated_sales product product_touches"
                                        + " put_back adult_female adult_male child_female child_male"
                                        + " senior_female senior_male young_adult_female"
                                        + " young_adult_male masked"),
                        both(
                                "pmp_sales_funnel",
                                "finest",
                                "location_id period_start dwell_time_in_tenths_of_sec"
                                        + " attention_time_in_tenths_of_sec estimated_sales"
                                        + " product_touches put_back product poi_by_passers gender"
                                        + " age"),
                        both(
                                "pmp_sales_funnel",
                                "aggregated",
                                "location_id period_start dwell_time_in_tenths_of_sec"
                                        + " attention_time_in_tenths_of_sec estimated_sales"
                                        + " product_touches put_back watcher_count poi_by_passers"
                                        + " gender age"),
                        oldEdition("compass", "aggregated", "ots_count " + COMPASS),
                        newEdition(
                                "compass",
                                "aggregated",
                                "location_name ots_count_impressions effective_ots_count"
                                        + " nearby_ots_count_impressions "
                                        + COMPASS),
                        newEdition(
                                "content_plays",
                                "aggregated",
                                "location_id period_start content_id content_duration plays"),
                        newEdition(
                                "retail_analytics_footfall",
                                "finest",
                                "location_id period_start footfall_presence_time vr_id watcher_id"
                                        + " watcher_start tracking_mode [nb_visits] [visits]"
                                        + " [nb_clips] [clips] [nb_doorpass] [doorpass]"),
                        newEdition(
                                "retail_analytics_footfall_aggregated",
                                "aggregated",
                                "location_id zone_id zone_name period_start_date period_start_time"
                                        + " total_impressions nb_visits total_dwell_duration"
                                        + " dwell_threshold nb_visits_above_threshold"
                                        + " total_dwell_above_threshold"))
                .flatMap(s -> s)
                .toList();
    }

    /** The call's query, but for its time. */
    String call() {
        return "locations=1056,1057&data_type="
                + dataType
                + "&time_resolution="
                + resolution
                + (byDemographics ? "&group_by_demographics=1" : "")
                + (dataType.startsWith("extrapolated_") ? "&extrapolation_amount=" : "");
    }

    @Override
    public String toString() {
        return dataType
                + " "
                + resolution
                + (byDemographics ? " by demographics" : "")
                + (newEdition ? ", newer edition" : "");
    }

    private static Stream<DocumentedExport> proofOfPlay(String dataType, String id) {
        return Stream.of(
                        oldEdition(dataType, "aggregated", id + PLAYS + WATCHERS_BY_DEMOGRAPHICS),
                        byDemographics(
                                oldEdition(
                                        dataType,
                                        "aggregated",
                                        id + PLAYS + WATCHERS_BY_DEMOGRAPHICS)),
                        newEdition(dataType, "aggregated", id + PLAYS),
                        byDemographics(
                                newEdition(
                                        dataType,
                                        "aggregated",
                                        id + PLAYS + WATCHERS_BY_DEMOGRAPHICS)))
                .flatMap(s -> s);
    }

    private static Stream<DocumentedExport> both(String dataType, String resolutions, String keys) {
        return Stream.concat(
                oldEdition(dataType, resolutions, keys), newEdition(dataType, resolutions, keys));
    }

    private static Stream<DocumentedExport> oldEdition(
            String dataType, String resolutions, String keys) {
        return exports(dataType, resolutions, false, keys);
    }

    private static Stream<DocumentedExport> newEdition(
            String dataType, String resolutions, String keys) {
        return exports(dataType, resolutions, true, keys);
    }

    private static Stream<DocumentedExport> byDemographics(Stream<DocumentedExport> exports) {
        return exports.map(
                e ->
                        new DocumentedExport(
                                e.dataType, e.resolution, e.newEdition, true, e.keys, e.optional));
    }

    private static Stream<DocumentedExport> exports(
            String dataType, String resolutions, boolean newEdition, String keys) {
        Set<String> always = new TreeSet<>();
        Set<String> optional = new TreeSet<>();
        for (String key : keys.split(" ")) {
            if (key.startsWith("[")) {
                optional.add(key.substring(1, key.length() - 1));
            } else {
                always.add(key);
            }
        }
        List<String> each =
                resolutions.equals("aggregated")
                        ? AGGREGATED
                        : Arrays.asList(resolutions.split(" "));
        return each.stream()
                .map(
                        resolution ->
                                new DocumentedExport(
                                        dataType, resolution, newEdition, false, always, optional));
    }
}
