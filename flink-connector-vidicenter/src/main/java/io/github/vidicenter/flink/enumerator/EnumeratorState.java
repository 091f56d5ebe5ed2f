package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.split.ExportSplit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the enumerator keeps in a checkpoint. What readers hold is in their state, not here.
 *
 * @param jobStart when the job first started, epoch milliseconds
 * @param start resolved start of the scan, local time in milliseconds
 * @param end resolved end; {@link Long#MAX_VALUE}: none
 * @param history what exports held so far
 * @param refresh null: there are no refreshes
 * @param returned splits that a lost reader gave back and that are not assigned again
 * @param building keys of the requests whose export may be building on the server
 * @param identity the options that can't change on a restore, see {@link ScanIdentity}
 */
public record EnumeratorState(
        long jobStart,
        long start,
        long end,
        PlanPosition position,
        ExportHistory history,
        RefreshState refresh,
        List<ExportSplit> returned,
        Set<Long> building,
        Map<String, String> identity) {}
