package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.audience.Person;
import io.github.vidicenter.simulator.audience.Vehicle;
import io.github.vidicenter.simulator.model.Location;
import java.util.List;

/** {@code vehicles} and {@code footfall}. */
final class TrafficTypes {

    private TrafficTypes() {}

    static List<ExportType> all() {
        return List.of(
                new FinestType<>(
                        "vehicles",
                        Variant::plain,
                        "period_start",
                        Audience::vehicles,
                        Audience::vehicleCount,
                        Vehicle::time,
                        (vehicle, contents) -> true,
                        vehicleEventColumns()),
                new AggregatedType(
                        "vehicles", Groups.NONE, TrafficTypes::countVehicles, vehicleColumns()),
                new FinestType<>(
                        "footfall",
                        Variant::plain,
                        "period_start",
                        Audience::people,
                        Audience::personCount,
                        Person::time,
                        (person, contents) -> true,
                        personEventColumns()),
                new AggregatedType(
                        "footfall", Groups.NONE, TrafficTypes::countPeople, personColumns()));
    }

    static void countVehicles(Audience audience, Location location, long segment, Tally[] groups) {
        addVehicles(audience.vehicles(location, segment), groups[0]);
    }

    static void countPeople(Audience audience, Location location, long segment, Tally[] groups) {
        addPeople(audience.people(location, segment), groups[0]);
    }

    /** Adds the vehicles of one segment. */
    static void addVehicles(List<Vehicle> vehicles, Tally tally) {
        int impressions = vehicles.stream().mapToInt(Vehicle::impressions).sum();
        tally.add(Metric.VEHICLES, vehicles.size());
        tally.add(Metric.VEHICLE_IMPRESSIONS, impressions);
        tally.add(Metric.WHOLE_VEHICLE_IMPRESSIONS, Math.round(impressions / 100.0));
        tally.add(Metric.VEHICLE_PRESENCE, vehicles.stream().mapToInt(Vehicle::presence).sum());
    }

    static void addPeople(List<Person> people, Tally tally) {
        tally.add(Metric.PEOPLE, people.size());
        tally.add(Metric.PEOPLE_PRESENCE, people.stream().mapToInt(Person::presence).sum());
    }

    static double impressionsPerVehicle(Tally tally) {
        return Tally.rounded(tally.ratio(Metric.VEHICLE_IMPRESSIONS, Metric.VEHICLES) / 100);
    }

    private static List<Column<Tally>> vehicleColumns() {
        return List.of(
                Column.of("vehicle_count", t -> t.get(Metric.VEHICLES)),
                Column.of("vehicle_presence_time", t -> t.get(Metric.VEHICLE_PRESENCE)),
                Column.of("vehicle_impressions", t -> t.get(Metric.VEHICLE_IMPRESSIONS) / 100.0),
                Column.of("impressions_per_vehicle", TrafficTypes::impressionsPerVehicle));
    }

    private static List<Column<Tally>> personColumns() {
        return List.of(
                Column.of("footfall_impressions", t -> t.get(Metric.PEOPLE)),
                Column.of("footfall_presence_time", t -> t.get(Metric.PEOPLE_PRESENCE)));
    }

    private static List<Column<Sighting<Vehicle>>> vehicleEventColumns() {
        return List.of(
                Column.of("type", s -> (long) s.event().type()),
                Column.of("color", s -> s.event().color()),
                Column.of("vehicle_presence_time", s -> (long) s.event().presence()),
                Column.of("vehicle_impressions", s -> s.event().impressions() / 100.0),
                Column.of("impressions_per_vehicle", s -> s.event().impressions() / 100.0));
    }

    private static List<Column<Sighting<Person>>> personEventColumns() {
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
}
