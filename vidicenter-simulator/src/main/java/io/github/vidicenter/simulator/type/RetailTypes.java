package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.audience.Person;
import io.github.vidicenter.simulator.audience.Visitor;
import io.github.vidicenter.simulator.audience.Visitor.Timing;
import io.github.vidicenter.simulator.audience.Visitor.ZonePass;
import io.github.vidicenter.simulator.audience.Zone;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code retail_analytics_footfall} and its sums by zone; newer edition only. */
final class RetailTypes {

    private RetailTypes() {}

    static List<ExportType> all() {
        return List.of(
                new FinestType<>(
                        "retail_analytics_footfall",
                        Variant::plainNew,
                        "period_start",
                        Visitor::all,
                        Audience::personCount,
                        Visitor::time,
                        (visitor, contents) -> true,
                        visitorColumns()),
                new AggregatedType(
                        "retail_analytics_footfall_aggregated",
                        Variant::plainNew,
                        Resolution.AGGREGATED,
                        Scope.LOCATION,
                        AggregatedType.Head.TIME_IN_PARTS,
                        Groups.of("zone_id", Zone.VISITED.stream().map(Zone::id).toList()),
                        RetailTypes::countVisits,
                        zoneColumns()));
    }

    private static void countVisits(
            Audience audience, Location location, long segment, Tally[] zones) {
        for (Visitor visitor : Visitor.all(audience, location, segment)) {
            for (Tally zone : zones) {
                zone.add(Metric.PEOPLE, 1);
            }
            for (ZonePass visit : visitor.visits()) {
                Tally zone = zones[Zone.VISITED.indexOf(visit.zone())];
                zone.add(Metric.VISITS, 1);
                zone.add(Metric.QUALIFIED_VISITS, visit.qualified() ? 1 : 0);
                for (Timing timing : visit.timings()) {
                    zone.add(Metric.VISIT_DWELL, timing.duration());
                    zone.add(
                            Metric.QUALIFIED_DWELL,
                            visit.qualified(timing) ? timing.duration() : 0);
                }
            }
        }
    }

    private static List<Column<Tally>> zoneColumns() {
        return List.of(
                Column.<Tally>of("zone_name", t -> zone(t).name()).alsoInPlaceholders(),
                Column.of("total_impressions", t -> t.get(Metric.PEOPLE)),
                Column.of("nb_visits", t -> t.get(Metric.VISITS)),
                Column.of("total_dwell_duration", t -> t.get(Metric.VISIT_DWELL) / 1000.0),
                Column.<Tally>of("dwell_threshold", t -> zone(t).threshold() / 1000.0)
                        .alsoInPlaceholders(),
                Column.of("nb_visits_above_threshold", t -> t.get(Metric.QUALIFIED_VISITS)),
                Column.of(
                        "total_dwell_above_threshold",
                        t -> t.get(Metric.QUALIFIED_DWELL) / 1000.0));
    }

    private static Zone zone(Tally tally) {
        return Zone.VISITED.get(tally.group());
    }

    private static List<Column<Sighting<Visitor>>> visitorColumns() {
        List<Column<Sighting<Visitor>>> columns = new ArrayList<>();
        columns.add(ofPerson("footfall_presence_time", person -> (long) person.presence()));
        columns.add(ofPerson("vr_id", Person::vrId));
        columns.add(ofPerson("watcher_id", Person::watcherId));
        columns.add(ofPerson("watcher_start", Person::watcherStart));
        columns.add(ofPerson("tracking_mode", person -> (long) person.trackingMode()));
        columns.addAll(passes("visits", Visitor::visits));
        columns.addAll(passes("clips", Visitor::clips));
        columns.addAll(passes("doorpass", Visitor::doorpass));
        return columns;
    }

    private static Column<Sighting<Visitor>> ofPerson(String name, Function<Person, Object> value) {
        return Column.of(name, s -> value.apply(s.event().person()));
    }

    /** A count, printed as a fraction, and an array; where there is nothing, neither key. */
    private static List<Column<Sighting<Visitor>>> passes(
            String name, Function<Visitor, List<ZonePass>> of) {
        return List.of(
                Column.of(
                        "nb_" + name,
                        s -> {
                            List<ZonePass> passes = of.apply(s.event());
                            return passes.isEmpty() ? Row.ABSENT : (Object) (double) passes.size();
                        }),
                Column.of(
                        name,
                        s -> {
                            List<ZonePass> passes = of.apply(s.event());
                            return passes.isEmpty()
                                    ? Row.ABSENT
                                    : passes.stream().map(RetailTypes::told).toList();
                        }));
    }

    private static Map<String, Object> told(ZonePass pass) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", pass.zone().id());
        told.put("name", pass.zone().name());
        told.put("timings", pass.timings().stream().map(RetailTypes::told).toList());
        return told;
    }

    private static Map<String, Object> told(Timing timing) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("start", (long) timing.start());
        told.put("duration", (long) timing.duration());
        return told;
    }
}
