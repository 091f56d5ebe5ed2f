package io.github.vidicenter.flink.config;

import java.io.Serializable;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * What a query needs of a scan: all rows that meet the query's conditions lie within. It only ever
 * leaves out what no condition lets through, so it says nothing of which rows do.
 *
 * @param ids of the list that is divided among exports; null: all
 * @param from inclusive, in the data's local time, not aligned; null: no bound
 * @param until exclusive; null: no bound
 * @param limit how many rows are enough
 */
public record Narrowing(Set<Long> ids, LocalDateTime from, LocalDateTime until, long limit)
        implements Serializable {

    /** Everything is needed. */
    public static final Narrowing NONE = new Narrowing(null, null, null, Long.MAX_VALUE);

    public Narrowing {
        ids = ids == null ? null : Set.copyOf(ids);
    }

    public static Narrowing ofIds(Set<Long> ids) {
        return new Narrowing(ids, null, null, Long.MAX_VALUE);
    }

    public static Narrowing from(LocalDateTime inclusive) {
        return new Narrowing(null, inclusive, null, Long.MAX_VALUE);
    }

    public static Narrowing until(LocalDateTime exclusive) {
        return new Narrowing(null, null, exclusive, Long.MAX_VALUE);
    }

    public Narrowing withLimit(long rows) {
        return new Narrowing(ids, from, until, rows);
    }

    /** What both need: rows that meet two conditions. */
    public Narrowing and(Narrowing other) {
        return new Narrowing(
                merge(ids, other.ids, Narrowing::intersection, true),
                merge(from, other.from, Narrowing::later, true),
                merge(until, other.until, Narrowing::earlier, true),
                Math.min(limit, other.limit));
    }

    /** What either needs: rows that meet one of two conditions. */
    public Narrowing or(Narrowing other) {
        return new Narrowing(
                merge(ids, other.ids, Narrowing::union, false),
                merge(from, other.from, Narrowing::earlier, false),
                merge(until, other.until, Narrowing::later, false),
                Math.max(limit, other.limit));
    }

    /** Whether no row is needed. */
    public boolean isEmpty() {
        return ids != null && ids.isEmpty()
                || from != null && until != null && !from.isBefore(until);
    }

    /**
     * @param bounded whether, where only one has a bound, that is the result's
     */
    private static <T> T merge(T a, T b, BinaryOperator<T> both, boolean bounded) {
        if (a == null || b == null) {
            return !bounded ? null : a == null ? b : a;
        }
        return both.apply(a, b);
    }

    private static Set<Long> intersection(Set<Long> a, Set<Long> b) {
        Set<Long> ids = new HashSet<>(a);
        ids.retainAll(b);
        return ids;
    }

    private static Set<Long> union(Set<Long> a, Set<Long> b) {
        Set<Long> ids = new HashSet<>(a);
        ids.addAll(b);
        return ids;
    }

    private static LocalDateTime later(LocalDateTime a, LocalDateTime b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDateTime earlier(LocalDateTime a, LocalDateTime b) {
        return a.isAfter(b) ? b : a;
    }
}
