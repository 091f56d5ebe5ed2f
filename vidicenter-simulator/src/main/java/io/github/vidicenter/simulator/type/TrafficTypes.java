package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.audience.Person;
import io.github.vidicenter.simulator.audience.Vehicle;
import io.github.vidicenter.simulator.audience.Viewer;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Resolution;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** {@code ots}, {@code vehicles} and {@code footfall}. */
final class TrafficTypes {

    private static final Set<Resolution> WITH_EFFECTIVE_OTS =
            EnumSet.of(Resolution.H1, Resolution.D1, Resolution.D7, Resolution.MONTH);
    private static final Set<Resolution> WITHOUT_EFFECTIVE_OTS =
            EnumSet.of(
                    Resolution.M5, Resolution.M10, Resolution.M15, Resolution.M30, Resolution.D30);

    private TrafficTypes() {}

    static List<ExportType> all() {
        return List.of(
                ots(Variant::oldEdition, Resolution.AGGREGATED, otsColumns()),
                ots(
                        Variant::newEdition,
                        WITH_EFFECTIVE_OTS,
                        with(
                                otsColumns(),
                                Column.of("effective_ots_count", t -> t.get(Metric.EFFECTIVE_OTS)),
                                Column.of("status", t -> null))),
                ots(
                        Variant::newEdition,
                        WITHOUT_EFFECTIVE_OTS,
                        with(otsColumns(), Column.of("status", t -> "ok"))),
                new FinestType<>(
                        "vehicles",
                        Variant::any,
                        "period_start",
                        Audience::vehicles,
                        Audience::vehicleCount,
                        Vehicle::time,
                        (vehicle, contents) -> true,
                        vehicleEventColumns()),
                new AggregatedType("vehicles", TrafficTypes::countVehicles, vehicleColumns()),
                new FinestType<>(
                        "footfall",
                        Variant::any,
                        "period_start",
                        Audience::people,
                        Audience::personCount,
                        Person::time,
                        (person, contents) -> true,
                        personEventColumns()),
                new AggregatedType(
                        "footfall",
                        TrafficTypes::countPeople,
                        List.of(
                                Column.of("footfall_impressions", t -> t.get(Metric.PEOPLE)),
                                Column.of(
                                        "footfall_presence_time",
                                        t -> t.get(Metric.PEOPLE_PRESENCE)))));
    }

    static void countVehicles(Audience audience, Location location, long segment, Tally[] groups) {
        for (Vehicle vehicle : audience.vehicles(location, segment)) {
            groups[0].add(Metric.VEHICLES, 1);
            groups[0].add(Metric.VEHICLE_IMPRESSIONS, vehicle.impressions());
            groups[0].add(Metric.VEHICLE_PRESENCE, vehicle.presence());
        }
    }

    static void countPeople(Audience audience, Location location, long segment, Tally[] groups) {
        for (Person person : audience.people(location, segment)) {
            groups[0].add(Metric.PEOPLE, 1);
            groups[0].add(Metric.PEOPLE_PRESENCE, person.presence());
        }
    }

    /** Watchers look, so they were within the effective angle; of the others half were. */
    static void countOts(Audience audience, Location location, long segment, Tally[] groups) {
        List<Viewer> viewers = audience.viewers(location, segment);
        int passers = audience.passers(location, segment);
        groups[0].add(Metric.WATCHERS, viewers.size());
        groups[0].add(Metric.OTS, viewers.size() + passers);
        groups[0].add(Metric.EFFECTIVE_OTS, viewers.size() + passers / 2);
    }

    static double impressionsPerVehicle(Tally tally) {
        return Tally.rounded(tally.ratio(Metric.VEHICLE_IMPRESSIONS, Metric.VEHICLES) / 100);
    }

    private static ExportType ots(
            Predicate<Variant> exists, Set<Resolution> resolutions, List<Column<Tally>> columns) {
        return new AggregatedType(
                "ots",
                exists,
                resolutions,
                Scope.LOCATION,
                AggregatedType.Head.PLAIN,
                Groups.NONE,
                TrafficTypes::countOts,
                columns);
    }

    static List<Column<Tally>> otsColumns() {
        return List.of(
                Column.of("ots_count", t -> t.get(Metric.OTS)),
                Column.of("duration", t -> t.get(Metric.DURATION)),
                Column.of("watcher_count", t -> t.get(Metric.WATCHERS)));
    }

    private static List<Column<Tally>> vehicleColumns() {
        return List.of(
                Column.of("vehicle_count", t -> t.get(Metric.VEHICLES)),
                Column.of("vehicle_presence_time", t -> t.get(Metric.VEHICLE_PRESENCE)),
                Column.of("vehicle_impressions", t -> t.get(Metric.VEHICLE_IMPRESSIONS) / 100.0),
                Column.of("impressions_per_vehicle", TrafficTypes::impressionsPerVehicle));
    }

    static List<Column<Sighting<Vehicle>>> vehicleEventColumns() {
        return List.of(
                Column.of("type", s -> (long) s.event().type()),
                Column.of(
                        "color",
                        s -> s.event().color() == null ? null : s.event().color().longValue()),
                Column.of("vehicle_presence_time", s -> (long) s.event().presence()),
                Column.of("vehicle_impressions", s -> s.event().impressions() / 100.0),
                Column.of("impressions_per_vehicle", s -> s.event().impressions() / 100.0));
    }

    static List<Column<Sighting<Person>>> personEventColumns() {
        return List.of(
                Column.of("footfall_presence_time", s -> (long) s.event().presence()),
                Column.<Sighting<Person>>of("vr_id", s -> s.event().vrId()).inNewEdition(),
                Column.<Sighting<Person>>of("watcher_id", s -> s.event().watcherId())
                        .inNewEdition(),
                Column.<Sighting<Person>>of("watcher_start", s -> s.event().watcherStart())
                        .inNewEdition(),
                Column.<Sighting<Person>>of("tracking_mode", s -> (long) s.event().trackingMode())
                        .inNewEdition());
    }

    @SafeVarargs
    static <S> List<Column<S>> with(List<Column<S>> columns, Column<S>... more) {
        List<Column<S>> all = new ArrayList<>(columns);
        all.addAll(List.of(more));
        return all;
    }
}
