package io.github.vidicenter.flink.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long exports take to build, learned from which polls came too early and which found them
 * ready; and from that, when to poll. What was learned of exports of the same ids and length counts
 * first, else what was learned of exports of that size. Times are in milliseconds. Thread-safe.
 *
 * <p>A poll in vain costs a call, a late one costs an export slot that stands idle. So polls are
 * set where they cost least over the build times seen lately, be they all alike or of two kinds.
 */
public final class BuildTimes {

    private static final int REMEMBERED = 12;

    /** A build took something between two polls: it stands for so many times in between. */
    private static final int POINTS = 4;

    /** With nobody looking, how early an export may be ready gets less certain each time. */
    private static final double FORGETTING = 1.1;

    /** Polls this near to each other, relatively, are the same but for the way to the server. */
    private static final double SAME = 0.1;

    /** What a poll in vain costs while calls are plenty, as part of the build time. */
    private static final double CALL_PRICE = 0.03;

    private static final double MAX_PRICE = 2;

    /** Where nothing is known, or all that is known has passed: part of the age to wait for. */
    private static final double GROWTH = 0.5;

    private static final double GROWTH_BEYOND_KNOWN = 0.06;

    /** A build was not ready after {@code from} and was after {@code to}. */
    private record Seen(double from, double to) {}

    /**
     * So many kinds of exports are told apart; those that were not seen for longest are dropped.
     */
    private static final int KINDS = 1_000;

    private final Map<Integer, Deque<Seen>> bySize = new HashMap<>();
    private final Map<Long, Deque<Seen>> byKind =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Deque<Seen>> eldest) {
                    return size() > KINDS;
                }
            };

    /**
     * An export was found ready.
     *
     * @param kind equal for exports of the same ids and length
     * @param cells its size, in whatever unit
     * @param notReadyAt its age at the last poll in vain; 0: there was none
     * @param readyAt its age at the poll that found it ready
     * @return about how long it took
     */
    public synchronized long learn(long kind, long cells, long notReadyAt, long readyAt) {
        add(bySize.computeIfAbsent(sizeOf(cells), size -> new ArrayDeque<>()), notReadyAt, readyAt);
        return add(byKind.computeIfAbsent(kind, k -> new ArrayDeque<>()), notReadyAt, readyAt);
    }

    private static long add(Deque<Seen> seen, long notReadyAt, long readyAt) {
        double from = notReadyAt;
        double to = Math.max(1, readyAt);
        Seen like = null;
        for (Seen earlier : seen) {
            if (like == null || Math.abs(earlier.to - readyAt) <= Math.abs(like.to - readyAt)) {
                like = earlier;
            }
        }
        if (like != null) {
            if (like.to <= to && like.to > from && like.to >= to * (1 - SAME)) {
                to = like.to;
            }
            from = Math.max(from, to - Math.max(0, to - like.from) * FORGETTING);
        }
        seen.addLast(new Seen(from, to));
        if (seen.size() > REMEMBERED) {
            seen.removeFirst();
        }
        return (long) ((from + to) / 2);
    }

    /**
     * How long to wait before the next poll.
     *
     * @param kind equal for exports of the same ids and length
     * @param cells its size
     * @param age of the export now
     * @param minWait that is possible
     * @param used part of the account's calls that are used up, 0 to 1
     */
    public synchronized long nextPoll(long kind, long cells, long age, long minWait, double used) {
        double[] times =
                laterThan(age, byKind.containsKey(kind) ? byKind.get(kind) : seenOf(cells));
        if (times.length == 0) {
            double growth = bySize.isEmpty() ? GROWTH : GROWTH_BEYOND_KNOWN;
            return Math.max(minWait, (long) (age * growth));
        }
        double price = Math.min(MAX_PRICE, CALL_PRICE / Math.max(1 - used, 1e-3));
        return Math.max(minWait, (long) Math.ceil(cheapest(times, age, minWait, price)) - age);
    }

    /**
     * The age for the first of the polls that together cost least.
     *
     * @param times that builds may take, in order
     */
    private static double cheapest(double[] times, double age, double minWait, double price) {
        int count = times.length;
        double call = price * times[count / 2];
        double[] costAfter = new double[count + 1];
        double best = 0;
        for (int after = count - 1; after >= 0; after--) {
            costAfter[after] = Double.MAX_VALUE;
            double sum = 0;
            for (int last = after; last < count; last++) {
                sum += times[last];
                // Later polls as if they could follow at once: what a poll in vain teaches is worth
                // the wait after it.
                double poll = after == 0 ? Math.max(times[last], age + minWait) : times[last];
                if (last + 1 < count && times[last + 1] <= poll) {
                    continue;
                }
                int ready = last + 1 - after;
                double cost = ready * poll - sum + (count - last - 1) * call + costAfter[last + 1];
                if (cost < costAfter[after]) {
                    costAfter[after] = cost;
                    best = poll;
                }
            }
        }
        return best;
    }

    private static double[] laterThan(long age, Iterable<Seen> seen) {
        List<Double> times = new ArrayList<>();
        for (Seen build : seen) {
            for (int i = 1; i <= POINTS; i++) {
                times.add(build.from + (build.to - build.from) * i / POINTS);
            }
        }
        return times.stream().mapToDouble(t -> t).filter(t -> t > age).sorted().toArray();
    }

    /** What is known of exports of this size, else of the size that is nearest. */
    private Deque<Seen> seenOf(long cells) {
        int size = sizeOf(cells);
        return bySize.keySet().stream()
                .min(Comparator.comparingInt(known -> Math.abs(known - size)))
                .map(bySize::get)
                .orElseGet(ArrayDeque::new);
    }

    /** Sizes within a factor of two are one. */
    private static int sizeOf(long cells) {
        return Long.SIZE - Long.numberOfLeadingZeros(cells);
    }
}
