package io.github.vidicenter.flink.enumerator;

import java.util.List;
import java.util.Map;

/**
 * How far refreshes are.
 *
 * @param lookedAt when the topology was last looked at for news, epoch milliseconds of the scan's
 *     clock
 * @param seen by location: the last upload that refreshes have taken in, epoch seconds. Compared
 *     with what the topology says later, so the clocks of two machines are never compared
 * @param start of the round that is being planned, local time in milliseconds
 * @param end of the round, exclusive; equal to the start where there is none
 * @param left ids of the round that are not planned yet; empty where the selection is not divided
 */
public record RefreshState(
        long lookedAt, Map<Long, Long> seen, long start, long end, List<Long> left) {

    public RefreshState {
        seen = Map.copyOf(seen);
        left = List.copyOf(left);
    }

    static RefreshState begin(long now) {
        return new RefreshState(now, Map.of(), 0, 0, List.of());
    }
}
