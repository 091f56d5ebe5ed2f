package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.audience.Person;
import io.github.vidicenter.simulator.audience.Way;
import io.github.vidicenter.simulator.model.Hash;
import io.github.vidicenter.simulator.model.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code gate} and {@code compass}: which way people went. */
final class PassageTypes {

    private static final List<Long> GATES = List.of(1L, 2L);

    private PassageTypes() {}

    static List<ExportType> all() {
        return List.of(
                new AggregatedType(
                        "gate",
                        Groups.of("gate_id", GATES),
                        PassageTypes::countGates,
                        List.of(
                                Column.of("in_count", t -> t.get(Metric.IN)),
                                Column.of("out_count", t -> t.get(Metric.OUT)),
                                Column.of("duration", t -> t.get(Metric.DURATION)))),
                new AggregatedType(
                        "compass", Groups.NONE, PassageTypes::countWays, compassColumns()));
    }

    /** Everybody on foot goes through one of the gates. */
    private static void countGates(
            Audience audience, Location location, long segment, Tally[] groups) {
        for (Person person : audience.people(location, segment)) {
            long hash = Hash.of(person.vrId(), location.id());
            Tally gate = groups[Hash.between(hash, 0, groups.length)];
            gate.add(Hash.between(hash, 0.0, 1.0) < .4 ? Metric.OUT : Metric.IN, 1);
        }
    }

    private static void countWays(
            Audience audience, Location location, long segment, Tally[] groups) {
        for (Way way : Way.all(audience, location, segment)) {
            groups[0].add(Metric.OTS, 1);
            groups[0].add(Metric.EFFECTIVE_OTS, way.effective() ? 1 : 0);
            groups[0].add(Metric.NEARBY_OTS, way.nearby() ? 1 : 0);
            groups[0].add(Metric.PRESENCE, way.presence());
            groups[0].addPart(way.direction(), 1);
            groups[0].addPart(Way.DIRECTIONS.size() + way.range(), way.presence());
        }
    }

    private static List<Column<Tally>> compassColumns() {
        List<Column<Tally>> columns = new ArrayList<>();
        columns.add(
                Column.<Tally>of("location_name", t -> t.unit().locations().get(0).label())
                        .alsoInPlaceholders()
                        .inNewEdition());
        columns.add(Column.<Tally>of("ots_count", t -> t.get(Metric.OTS)).inOldEdition());
        columns.add(
                Column.<Tally>of("ots_count_impressions", t -> t.get(Metric.OTS)).inNewEdition());
        columns.add(
                Column.<Tally>of("effective_ots_count", t -> t.get(Metric.EFFECTIVE_OTS))
                        .inNewEdition());
        columns.add(
                Column.<Tally>of("nearby_ots_count_impressions", t -> t.get(Metric.NEARBY_OTS))
                        .inNewEdition());
        columns.add(Column.of("presence_total", t -> t.get(Metric.PRESENCE)));
        for (int i = 0; i < Way.RANGES.size(); i++) {
            int part = Way.DIRECTIONS.size() + i;
            columns.add(Column.of(Way.RANGES.get(i), t -> share(t, part, Metric.PRESENCE)));
        }
        for (int i = 0; i < Way.DIRECTIONS.size(); i++) {
            int part = i;
            columns.add(Column.of(Way.DIRECTIONS.get(i), t -> share(t, part, Metric.OTS)));
        }
        return columns;
    }

    /** From 0 to 1, printed as a string. */
    private static String share(Tally tally, int part, Metric of) {
        long all = tally.get(of);
        return String.format(Locale.ROOT, "%.3f", all == 0 ? 0 : (double) tally.part(part) / all);
    }
}
