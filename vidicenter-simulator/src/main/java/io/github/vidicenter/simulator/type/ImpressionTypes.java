package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Contents;
import io.github.vidicenter.simulator.model.Resolution;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The impression multipliers {@code im}, {@code im_ccs}, {@code im_ots} and those without backup
 * values. What the document leaves open is settled here: multipliers are those of a content of ten
 * seconds and grow with {@code average_content_duration}; CCS counts impressions without regard to
 * how long they last.
 */
final class ImpressionTypes {

    private static final long WEEK = 7 * 86_400;
    private static final long DAYTIME_STARTS = 7 * 3600;
    private static final long DAYTIME_ENDS = 22 * 3600;

    private ImpressionTypes() {}

    static List<ExportType> all() {
        AggregatedType.Counting traffic = VehicleFootfallTypes::count;
        AggregatedType.Counting ots = OtsTypes::count;
        return List.of(
                hourly("im", Variant::plain, withBackup(traffic), iabColumns()),
                hourly("im_nobackup", Variant::plainNew, withoutBackup(traffic), iabColumns()),
                hourly("im_ccs", Variant::plainOld, withBackup(traffic), ccsColumns()),
                hourly("im_ots", Variant::plainNew, withBackup(ots), otsColumns()),
                hourly("im_ots_nobackup", Variant::plainNew, withoutBackup(ots), otsColumns()),
                hourly(
                        "targeted_im",
                        Variant::plainNew,
                        withoutBackup(TargetedImpressions::count),
                        TargetedImpressions.columns()));
    }

    /** Combined multiplier of the IAB: impressions x average dwell time / analysis window. */
    static double iab(Tally tally) {
        return iabFootfall(tally) + iabVehicle(tally);
    }

    private static double iabFootfall(Tally tally) {
        return ofContents(tally, tally.get(Metric.PEOPLE_PRESENCE));
    }

    private static double iabVehicle(Tally tally) {
        return ofContents(
                tally,
                tally.get(Metric.WHOLE_VEHICLE_IMPRESSIONS)
                        * tally.ratio(Metric.VEHICLE_PRESENCE, Metric.VEHICLES));
    }

    private static double ccsFootfall(Tally tally) {
        return ofContents(tally, tally.get(Metric.PEOPLE) * 100.0);
    }

    private static double ccsVehicle(Tally tally) {
        return ofContents(tally, tally.get(Metric.WHOLE_VEHICLE_IMPRESSIONS) * 100.0);
    }

    private static double ofContents(Tally tally, double tenthsOfSeconds) {
        return perWindow(tally, tenthsOfSeconds)
                * tally.asked().averageContentDuration()
                / Contents.TURN_SECONDS;
    }

    private static double perWindow(Tally tally, double tenthsOfSeconds) {
        return window(tally) == 0 ? 0 : tenthsOfSeconds / window(tally);
    }

    /** OTS x average dwell time / analysis window; takes no content duration. */
    private static double otsMultiplier(Tally tally) {
        return perWindow(tally, tally.get(Metric.OTS) * tally.ratio(Metric.DWELL, Metric.WATCHERS));
    }

    /** Tenths of seconds. */
    private static long window(Tally tally) {
        return tally.get(Metric.DURATION) * 10;
    }

    private static ExportType hourly(
            String name,
            Predicate<Variant> exists,
            AggregatedType.Counting counting,
            List<Column<Tally>> columns) {
        return new AggregatedType(
                name,
                exists,
                EnumSet.of(Resolution.H1),
                Scope.LOCATION,
                AggregatedType.Head.PLAIN,
                Groups.NONE,
                counting,
                columns);
    }

    /** In place of a lost hour of the day that of the week before is counted. */
    private static AggregatedType.Counting withBackup(AggregatedType.Counting counting) {
        return (audience, location, segment, groups) -> {
            long time = Math.floorMod(segment, 86_400L);
            if (audience.analysed(location, segment)) {
                counting.add(audience, location, segment, groups);
            } else if (DAYTIME_STARTS <= time
                    && time < DAYTIME_ENDS
                    && audience.analysed(location, segment - WEEK)) {
                counting.add(audience, location, segment - WEEK, groups);
                groups[0].add(Metric.BACKUP, 1);
            }
        };
    }

    private static AggregatedType.Counting withoutBackup(AggregatedType.Counting counting) {
        return (audience, location, segment, groups) -> {
            if (audience.analysed(location, segment)) {
                counting.add(audience, location, segment, groups);
            }
        };
    }

    private static List<Column<Tally>> iabColumns() {
        return trafficColumns(ImpressionTypes::iabFootfall, ImpressionTypes::iabVehicle);
    }

    private static List<Column<Tally>> ccsColumns() {
        return trafficColumns(ImpressionTypes::ccsFootfall, ImpressionTypes::ccsVehicle);
    }

    private static List<Column<Tally>> trafficColumns(
            ToDoubleFunction<Tally> footfall, ToDoubleFunction<Tally> vehicle) {
        return withAnalysis(
                List.of(
                        Column.of("vehicle_count", t -> t.get(Metric.VEHICLES)),
                        Column.of("vehicle_presence_time", t -> t.get(Metric.VEHICLE_PRESENCE)),
                        Column.of(
                                "vehicle_impressions",
                                t -> t.get(Metric.WHOLE_VEHICLE_IMPRESSIONS)),
                        Column.of("impressions_per_vehicle", TrafficTypes::impressionsPerVehicle),
                        Column.of("footfall_impressions", t -> t.get(Metric.PEOPLE)),
                        Column.of("footfall_presence_time", t -> t.get(Metric.PEOPLE_PRESENCE)),
                        Column.of("im_footfall", t -> Tally.rounded(footfall.applyAsDouble(t))),
                        Column.of("im_vehicle", t -> Tally.rounded(vehicle.applyAsDouble(t))),
                        Column.of(
                                "im",
                                t ->
                                        Tally.rounded(
                                                footfall.applyAsDouble(t)
                                                        + vehicle.applyAsDouble(t)))));
    }

    private static List<Column<Tally>> otsColumns() {
        return withAnalysis(
                List.of(
                        Column.of("ots_count", t -> t.get(Metric.OTS)),
                        Column.of("watcher_count", t -> t.get(Metric.WATCHERS)),
                        Column.of("watcher_dwell_time", t -> t.get(Metric.DWELL)),
                        Column.of("watcher_attention_time", t -> t.get(Metric.ATTENTION)),
                        Column.of("im", t -> Tally.rounded(otsMultiplier(t)))));
    }

    private static List<Column<Tally>> withAnalysis(List<Column<Tally>> columns) {
        return Columns.with(
                columns,
                Column.of("backup_value", t -> t.get(Metric.BACKUP) > 0 ? "yes" : ""),
                Column.of("analysis_window", ImpressionTypes::window),
                Column.<Tally>of("active", t -> t.unit().locations().get(0).active())
                        .alsoInPlaceholders()
                        .inNewEdition());
    }
}
