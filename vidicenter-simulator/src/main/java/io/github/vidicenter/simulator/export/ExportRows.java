package io.github.vidicenter.simulator.export;

import io.github.vidicenter.simulator.model.Hash;
import io.github.vidicenter.simulator.model.Period;
import io.github.vidicenter.simulator.model.Resolution;
import io.github.vidicenter.simulator.type.Asked;
import io.github.vidicenter.simulator.type.ExportType;
import io.github.vidicenter.simulator.type.Row;
import io.github.vidicenter.simulator.type.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * The rows of an export as of the moment it was built. They are made while they are read, a bucket
 * of a location at a time, so that no number of them fills the heap.
 */
public final class ExportRows {

    private final ExportType type;
    private final Asked asked;
    private final List<Unit> units;
    private final Uploads uploads;
    private final long uploadVersion;

    ExportRows(ExportType type, Asked asked, List<Unit> units, Uploads uploads) {
        this.type = type;
        this.asked = asked;
        this.units = units;
        this.uploads = uploads;
        this.uploadVersion = uploads.version();
    }

    /**
     * An upper bound of the number of rows.
     *
     * @param enough where counting may stop
     */
    long estimate(long enough) {
        long uploaded =
                units.stream()
                        .mapToLong(
                                unit ->
                                        uploaded(
                                                        unit,
                                                        asked.period().start(),
                                                        asked.period().endExclusive())
                                                .size())
                        .sum();
        return uploaded + type.estimate(asked, units, enough);
    }

    /** All rows by unit and time. */
    public Iterator<Row> inOrder() {
        return new Cells(1, 0, null);
    }

    /**
     * All rows in an order that looks random and is the same for the same seed: buckets are walked
     * in steps that have no divisor in common with their number, and shuffled in themselves.
     */
    public Iterator<Row> shuffled(long seed) {
        long cells = cells();
        if (cells < 2) {
            return new Cells(1, 0, new Random(seed));
        }
        long step = 1 + Long.remainderUnsigned(Hash.of(seed, 1), cells);
        while (gcd(step, cells) != 1) {
            step++;
        }
        return new Cells(step, Long.remainderUnsigned(Hash.of(seed, 2), cells), new Random(seed));
    }

    private long cells() {
        return units.size() * asked.period().buckets();
    }

    private List<Row> cell(long index) {
        Period period = asked.period();
        Unit unit = units.get((int) (index / period.buckets()));
        long start = period.bucketStart(index % period.buckets());
        long end = period.bucketEnd(index % period.buckets());
        List<Row> made = type.rows(asked, unit, start, end);
        boolean events = period.resolution() == Resolution.FINEST;
        List<Row> uploaded =
                events
                        ? uploaded(
                                unit,
                                Math.max(start, period.start()),
                                Math.min(end, period.endExclusive()))
                        : uploaded(unit, start, end);
        if (uploaded.isEmpty()) {
            return made;
        }
        List<Row> rows = new ArrayList<>(made);
        for (Row row : uploaded) {
            int same = events ? -1 : indexOfSameKey(rows, row);
            if (same < 0) {
                rows.add(row);
            } else {
                rows.set(same, row);
            }
        }
        return rows;
    }

    private List<Row> uploaded(Unit unit, long start, long end) {
        return start >= end
                ? List.of()
                : uploads.rows(
                        type,
                        asked.period().resolution().value(),
                        unit.id(),
                        start,
                        end,
                        uploadVersion);
    }

    private int indexOfSameKey(List<Row> rows, Row row) {
        for (int i = 0; i < rows.size(); i++) {
            Row other = rows.get(i);
            if (type.groupColumns().stream()
                    .allMatch(column -> other.get(column).equals(row.get(column)))) {
                return i;
            }
        }
        return -1;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** Walks through the cells from an offset in steps. */
    private final class Cells implements Iterator<Row> {
        private final long step;
        private final Random order;
        private long cell;
        private long left = cells();
        private Iterator<Row> rows = Collections.emptyIterator();

        /**
         * @param order of rows within a cell; null: as they are
         */
        private Cells(long step, long offset, Random order) {
            this.step = step;
            this.cell = offset;
            this.order = order;
        }

        @Override
        public boolean hasNext() {
            while (!rows.hasNext() && left > 0) {
                List<Row> next = cell(cell);
                if (order != null && next.size() > 1) {
                    next = new ArrayList<>(next);
                    Collections.shuffle(next, order);
                }
                rows = next.iterator();
                cell = (cell + step) % cells();
                left--;
            }
            return rows.hasNext();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return rows.next();
        }
    }
}
