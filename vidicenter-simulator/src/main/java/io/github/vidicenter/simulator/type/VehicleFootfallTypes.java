package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.audience.Person;
import io.github.vidicenter.simulator.audience.Vehicle;
import io.github.vidicenter.simulator.model.Location;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code vehicles_footfall}: vehicles and people as one stream, and their sums. */
final class VehicleFootfallTypes {

    /** A vehicle or a person; the other one is null. */
    private record Passage(Vehicle vehicle, Person person) {

        long time() {
            return vehicle == null ? person.time() : vehicle.time();
        }
    }

    private VehicleFootfallTypes() {}

    static List<ExportType> all() {
        return List.of(
                new FinestType<>(
                        "vehicles_footfall",
                        Variant::plain,
                        "period_start",
                        VehicleFootfallTypes::passages,
                        (audience, location, segment) ->
                                audience.vehicleCount(location, segment)
                                        + audience.personCount(location, segment),
                        Passage::time,
                        (passage, contents) -> true,
                        List.of(
                                ofVehicle("type", v -> (long) v.type(), 0L),
                                ofVehicle("color", Vehicle::color, 0L),
                                ofVehicle("vehicle_impressions", v -> v.impressions() / 100.0, 0.0),
                                ofVehicle("vehicle_presence_time", v -> (long) v.presence(), 0L),
                                ofVehicle(
                                        "impressions_per_vehicle",
                                        v -> v.impressions() / 100.0,
                                        0.0),
                                ofPerson("footfall_presence_time", p -> (long) p.presence(), 0L),
                                ofPersonOnly("tracking_mode", p -> (long) p.trackingMode()),
                                ofPersonOnly("vr_id", Person::vrId),
                                ofPersonOnly("watcher_id", Person::watcherId),
                                ofPersonOnly("watcher_start", Person::watcherStart))),
                new AggregatedType(
                        "vehicles_footfall",
                        Groups.NONE,
                        VehicleFootfallTypes::count,
                        aggregatedColumns()));
    }

    static void count(Audience audience, Location location, long segment, Tally[] groups) {
        TrafficTypes.countVehicles(audience, location, segment, groups);
        TrafficTypes.countPeople(audience, location, segment, groups);
    }

    static long totalImpressions(Tally tally) {
        return tally.get(Metric.WHOLE_VEHICLE_IMPRESSIONS) + tally.get(Metric.PEOPLE);
    }

    /** As the document has it: that of a vehicle counts for each of the people in it. */
    static long totalPresence(Tally tally) {
        double perVehicle = tally.ratio(Metric.VEHICLE_IMPRESSIONS, Metric.VEHICLES) / 100;
        return Math.round(perVehicle * tally.get(Metric.VEHICLE_PRESENCE))
                + tally.get(Metric.PEOPLE_PRESENCE);
    }

    static long averagePresence(Tally tally) {
        long impressions = totalImpressions(tally);
        return impressions == 0 ? 0 : Math.round((double) totalPresence(tally) / impressions);
    }

    private static List<Passage> passages(Audience audience, Location location, long segment) {
        return Stream.concat(
                        audience.vehicles(location, segment).stream()
                                .map(vehicle -> new Passage(vehicle, null)),
                        audience.people(location, segment).stream()
                                .map(person -> new Passage(null, person)))
                .toList();
    }

    private static Column<Sighting<Passage>> ofVehicle(
            String name, Function<Vehicle, Object> value, Object ofPerson) {
        return Column.of(
                name,
                s -> s.event().vehicle() == null ? ofPerson : value.apply(s.event().vehicle()));
    }

    private static Column<Sighting<Passage>> ofPerson(
            String name, Function<Person, Object> value, Object ofVehicle) {
        return Column.of(
                name,
                s -> s.event().person() == null ? ofVehicle : value.apply(s.event().person()));
    }

    /** "Footfall records only": those of vehicles are printed without the key. */
    private static Column<Sighting<Passage>> ofPersonOnly(
            String name, Function<Person, Object> value) {
        return ofPerson(name, value, Row.ABSENT).inNewEdition();
    }

    private static List<Column<Tally>> aggregatedColumns() {
        return List.of(
                Column.of("vehicle_count", t -> t.get(Metric.VEHICLES)),
                Column.of("vehicle_impressions", t -> t.get(Metric.WHOLE_VEHICLE_IMPRESSIONS)),
                Column.of("vehicle_presence_time", t -> t.get(Metric.VEHICLE_PRESENCE)),
                Column.of("impressions_per_vehicle", TrafficTypes::impressionsPerVehicle),
                Column.of("footfall_impressions", t -> t.get(Metric.PEOPLE)),
                Column.of("footfall_presence_time", t -> t.get(Metric.PEOPLE_PRESENCE)),
                Column.of("total_impressions", VehicleFootfallTypes::totalImpressions),
                Column.of("total_presence_time", VehicleFootfallTypes::totalPresence),
                Column.of("avg_presence_time", VehicleFootfallTypes::averagePresence));
    }
}
