package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Resolution;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A data type of sums over buckets of time, which are exactly those of the single events. Each
 * bucket of each unit has a row per group; where no camera was at work the metrics are null (API
 * document, "Placeholder data and null values").
 */
final class AggregatedType implements ExportType {

    /** Adds a segment of a location to the tallies of a bucket's groups. */
    interface Counting {
        void add(Audience audience, Location location, long segment, Tally[] groups);
    }

    /** How a row begins. */
    enum Head {
        PLAIN,
        /** {@code period_start} is printed with a {@code T}, as in sales. */
        TIME_WITH_T,
        /** The id is a string, as printed for proof of play of vehicles and persons. */
        STRING_ID,
        /** {@code period_start_date} and {@code period_start_time} and no {@code period_start}. */
        TIME_IN_PARTS
    }

    private final String name;
    private final Predicate<Variant> exists;
    private final Set<Resolution> resolutions;
    private final Scope scope;
    private final Head head;
    private final Groups groups;
    private final Counting counting;
    private final Columns<Tally> columns;

    AggregatedType(
            String name,
            Predicate<Variant> exists,
            Set<Resolution> resolutions,
            Scope scope,
            Head head,
            Groups groups,
            Counting counting,
            List<Column<Tally>> columns) {
        this.name = name;
        this.exists = exists;
        this.resolutions = resolutions;
        this.scope = scope;
        this.head = head;
        this.groups = groups;
        this.counting = counting;
        List<String> first = new ArrayList<>();
        if (scope.column() != null) {
            first.add(scope.column());
        }
        if (head == Head.TIME_IN_PARTS) {
            first.addAll(List.of("period_start_date", "period_start_time"));
        } else {
            first.add("period_start");
        }
        first.addAll(groups.columns());
        this.columns = new Columns<>(first, columns);
    }

    /** A type by location, at every resolution but finest, in every edition. */
    AggregatedType(String name, Groups groups, Counting counting, List<Column<Tally>> columns) {
        this(
                name,
                Variant::plain,
                Resolution.AGGREGATED,
                Scope.LOCATION,
                Head.PLAIN,
                groups,
                counting,
                columns);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Resolution> resolutions() {
        return resolutions;
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public boolean exists(Variant variant) {
        return exists.test(variant);
    }

    @Override
    public String timeColumn() {
        return head == Head.TIME_IN_PARTS ? null : "period_start";
    }

    @Override
    public boolean printedWithT() {
        return head == Head.TIME_WITH_T;
    }

    @Override
    public List<String> groupColumns() {
        return groups.columns();
    }

    @Override
    public long estimate(Asked asked, List<Unit> units, long enough) {
        return asked.period().buckets() * units.size() * groups.wanted(asked.contentIds()).length;
    }

    @Override
    public List<Row> rows(Asked asked, Unit unit, long bucketStart, long bucketEnd) {
        Tally[] tallies =
                IntStream.range(0, groups.values().size())
                        .mapToObj(group -> new Tally(asked, unit, group))
                        .toArray(Tally[]::new);
        boolean cut = true;
        for (Location location : unit.locations()) {
            for (long segment = bucketStart; segment < bucketEnd; segment += Resolution.SEGMENT) {
                if (asked.period().holdsSegment(segment)) {
                    cut = false;
                    add(asked, location, segment, tallies);
                }
            }
        }
        if (scope == Scope.SELECTION) {
            long amount = Math.max(1, asked.extrapolationAmount());
            Arrays.stream(tallies).forEach(t -> t.scale(amount, unit.locations().size()));
        }
        // Of a bucket that the end cuts off wholly the service prints zeros, not nulls.
        boolean placeholder = !cut && tallies[0].get(Metric.DURATION) == 0;
        Columns.Layout<Tally> layout = columns.in(asked.variant());
        List<Row> rows = new ArrayList<>();
        for (int group : groups.wanted(asked.contentIds())) {
            Object[] values = new Object[layout.keys().length];
            fillHead(values, unit, bucketStart, groups.values().get(group));
            layout.fill(values, tallies[group], placeholder);
            rows.add(new Row(layout.keys(), values));
        }
        return rows;
    }

    private void add(Asked asked, Location location, long segment, Tally[] tallies) {
        if (segment + Resolution.SEGMENT <= asked.horizon().applyAsLong(location)
                && asked.audience().open(location, segment)) {
            for (Tally tally : tallies) {
                tally.add(Metric.DURATION, Resolution.SEGMENT);
            }
            counting.add(asked.audience(), location, segment, tallies);
        }
    }

    private void fillHead(Object[] row, Unit unit, long bucketStart, List<Object> group) {
        int next = 0;
        if (scope.column() != null) {
            row[next++] = head == Head.STRING_ID ? (Object) String.valueOf(unit.id()) : unit.id();
        }
        LocalDateTime time = Resolution.dateTime(bucketStart);
        if (head == Head.TIME_IN_PARTS) {
            row[next++] = time.toLocalDate();
            row[next++] = time.toLocalTime();
        } else {
            row[next++] = time;
        }
        for (Object value : group) {
            row[next++] = value;
        }
    }
}
