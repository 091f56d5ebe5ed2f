package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** A data type of single events, one row each. */
final class FinestType<E> implements ExportType {

    interface Events<E> {
        List<E> of(Audience audience, Location location, long segment);
    }

    interface Count {
        int of(Audience audience, Location location, long segment);
    }

    /** Whether an event is exported at all, given the contents asked for (none: all). */
    interface Wanted<E> {
        boolean test(E event, Set<String> contentIds);
    }

    private final String name;
    private final Predicate<Variant> exists;
    private final String timeColumn;
    private final Events<E> events;
    private final Count count;
    private final ToLongFunction<E> time;
    private final Wanted<E> wanted;
    private final Columns<Sighting<E>> columns;

    /**
     * @param events those of a segment
     * @param count how many {@code events} there are, found at less cost
     * @param time an event's local time in seconds as if UTC
     */
    FinestType(
            String name,
            Predicate<Variant> exists,
            String timeColumn,
            Events<E> events,
            Count count,
            ToLongFunction<E> time,
            Wanted<E> wanted,
            List<Column<Sighting<E>>> columns) {
        this.name = name;
        this.exists = exists;
        this.timeColumn = timeColumn;
        this.events = events;
        this.count = count;
        this.time = time;
        this.wanted = wanted;
        this.columns = new Columns<>(List.of("location_id", timeColumn), columns);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Resolution> resolutions() {
        return Set.of(Resolution.FINEST);
    }

    @Override
    public Scope scope() {
        return Scope.LOCATION;
    }

    @Override
    public boolean exists(Variant variant) {
        return exists.test(variant);
    }

    @Override
    public String timeColumn() {
        return timeColumn;
    }

    @Override
    public boolean printedWithT() {
        return true;
    }

    @Override
    public List<String> groupColumns() {
        return null;
    }

    @Override
    public long estimate(Asked asked, List<Unit> units, long enough) {
        long rows = 0;
        for (Unit unit : units) {
            Location location = unit.locations().get(0);
            long horizon = asked.horizon().applyAsLong(location);
            for (long i = 0; i < asked.period().buckets() && rows < enough; i++) {
                if (asked.period().bucketEnd(i) <= horizon) {
                    rows += count.of(asked.audience(), location, asked.period().bucketStart(i));
                }
            }
        }
        return rows;
    }

    @Override
    public List<Row> rows(Asked asked, Unit unit, long bucketStart, long bucketEnd) {
        Location location = unit.locations().get(0);
        if (bucketEnd > asked.horizon().applyAsLong(location)) {
            return List.of();
        }
        Columns.Layout<Sighting<E>> layout = columns.in(asked.variant());
        List<E> all = events.of(asked.audience(), location, bucketStart);
        List<Row> rows = new ArrayList<>(all.size());
        for (E event : all) {
            long at = time.applyAsLong(event);
            if (asked.period().holds(at) && wanted.test(event, asked.contentIds())) {
                Object[] values = new Object[layout.keys().length];
                values[0] = location.id();
                values[1] = Resolution.dateTime(at);
                layout.fill(values, new Sighting<>(location, event), false);
                rows.add(new Row(layout.keys(), values));
            }
        }
        return rows;
    }
}
