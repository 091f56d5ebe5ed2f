package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.model.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The {@code proof_of_play_*} exports and {@code content_plays}: what was played to whom. */
final class ProofOfPlayTypes {

    private ProofOfPlayTypes() {}

    static List<ExportType> all() {
        return List.of(
                watchers("proof_of_play_by_location", Scope.LOCATION),
                watchers("proof_of_play_by_site", Scope.SITE),
                watchers("proof_of_play_by_location_footfall_faces", Scope.LOCATION),
                watchers("proof_of_play_by_site_footfall_faces", Scope.SITE),
                traffic("proof_of_play_vehicle_person_by_location", Scope.LOCATION),
                traffic("proof_of_play_vehicle_person_by_site", Scope.SITE),
                byContent(
                        "content_plays",
                        Variant::plainNew,
                        Scope.LOCATION,
                        AggregatedType.Head.PLAIN,
                        ContentCounts::plays,
                        List.of(
                                Column.of(
                                        "content_duration",
                                        t -> t.get(Metric.WHOLE_CONTENT_DURATION)),
                                Column.of("plays", t -> t.get(Metric.PLAYS)))));
    }

    /**
     * Exists by demographics too, which in the old edition changes nothing. Impressions are OTS, or
     * people and vehicles.
     */
    private static ExportType watchers(String name, Scope scope) {
        boolean tracked = name.endsWith("_footfall_faces");
        return byContent(
                name,
                Variant::any,
                scope,
                AggregatedType.Head.PLAIN,
                (audience, location, segment, groups) -> {
                    ContentCounts.plays(audience, location, segment, groups);
                    ContentCounts.watchers(audience, location, segment, groups);
                    if (tracked) {
                        ContentCounts.traffic(audience, location, segment, groups);
                    }
                },
                watcherColumns(
                        tracked
                                ? VehicleFootfallTypes::totalImpressions
                                : tally -> tally.get(Metric.OTS)));
    }

    private static ExportType traffic(String name, Scope scope) {
        return byContent(
                name,
                Variant::plain,
                scope,
                AggregatedType.Head.STRING_ID,
                (audience, location, segment, groups) -> {
                    ContentCounts.plays(audience, location, segment, groups);
                    ContentCounts.traffic(audience, location, segment, groups);
                },
                trafficColumns());
    }

    private static ExportType byContent(
            String name,
            Predicate<Variant> exists,
            Scope scope,
            AggregatedType.Head head,
            AggregatedType.Counting counting,
            List<Column<Tally>> columns) {
        return new AggregatedType(
                name,
                exists,
                Resolution.AGGREGATED,
                scope,
                head,
                Groups.CONTENTS,
                counting,
                columns);
    }

    private static List<Column<Tally>> watcherColumns(ToLongFunction<Tally> impressions) {
        List<Column<Tally>> columns = new ArrayList<>();
        columns.add(Column.of("content_duration", t -> t.get(Metric.WHOLE_CONTENT_DURATION)));
        columns.add(Column.of("duration", t -> t.get(Metric.DURATION)));
        columns.add(Column.of("impressions", impressions::applyAsLong));
        columns.add(Column.of("play_count", t -> t.get(Metric.PLAYS)));
        columns.add(perPlay("impressions_per_play", impressions));
        columns.add(Column.of("watchers", t -> t.get(Metric.WATCHERS)));
        // The old edition prints them without being asked.
        Demographics.columns("watchers_")
                .forEach(
                        column ->
                                columns.add(
                                        column.when(v -> v.oldEdition() || v.byDemographics())));
        columns.add(Column.of("watchers_2sec", t -> t.get(Metric.ATTENTIVE_WATCHERS)));
        columns.add(Column.of("dwell_time_in_tenths_of_sec", t -> t.get(Metric.DWELL)));
        columns.add(Column.of("attention_time_in_tenths_of_sec", t -> t.get(Metric.ATTENTION)));
        columns.add(average("avg_dwell_time_in_tenths_of_sec", Metric.DWELL, Metric.WATCHERS));
        columns.add(
                average("avg_attention_time_in_tenths_of_sec", Metric.ATTENTION, Metric.WATCHERS));
        return columns;
    }

    private static List<Column<Tally>> trafficColumns() {
        return List.of(
                Column.of("content_duration", t -> t.get(Metric.CONTENT_DURATION) / 100.0),
                Column.of("duration", t -> t.get(Metric.DURATION)),
                Column.of("play_count", t -> t.get(Metric.PLAYS)),
                Column.of("vehicle_count", t -> t.get(Metric.VEHICLES)),
                Column.of("vehicle_impressions", t -> t.get(Metric.WHOLE_VEHICLE_IMPRESSIONS)),
                Column.of("vehicle_presence_time", t -> t.get(Metric.VEHICLE_PRESENCE)),
                average("avg_vehicle_presence_time", Metric.VEHICLE_PRESENCE, Metric.VEHICLES),
                Column.of("footfall_impressions", t -> (double) t.get(Metric.PEOPLE)),
                Column.of("footfall_presence_time", t -> t.get(Metric.PEOPLE_PRESENCE)),
                average("avg_footfall_presence_time", Metric.PEOPLE_PRESENCE, Metric.PEOPLE),
                Column.of(
                        "total_impressions",
                        t -> (double) VehicleFootfallTypes.totalImpressions(t)),
                perPlay("total_impressions_per_play", VehicleFootfallTypes::totalImpressions),
                Column.of("total_presence_time", VehicleFootfallTypes::totalPresence),
                Column.of("avg_presence_time", VehicleFootfallTypes::averagePresence));
    }

    private static Column<Tally> perPlay(String name, ToLongFunction<Tally> impressions) {
        return Column.of(
                name,
                t -> {
                    double plays = t.get(Metric.PLAYS);
                    return plays == 0 ? 0.0 : Tally.rounded(impressions.applyAsLong(t) / plays);
                });
    }

    private static Column<Tally> average(String name, Metric sum, Metric count) {
        return Column.of(name, t -> Math.round(t.ratio(sum, count)));
    }
}
