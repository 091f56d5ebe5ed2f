package io.github.vidicenter.flink.topology;

import io.github.vidicenter.flink.enumerator.PermitTraffic;
import io.github.vidicenter.flink.enumerator.ReaderId;
import io.github.vidicenter.flink.enumerator.Readers;
import io.github.vidicenter.flink.event.PermitReleased;
import io.github.vidicenter.flink.event.PermitRequested;
import io.github.vidicenter.flink.quota.AccountQuota;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;

/** Gives the list to the first reader there is, and keeps the account's limits. */
final class TopologyEnumerator
        implements SplitEnumerator<TopologySplit, TopologySplit>,
                SupportsHandleExecutionAttemptSourceEvent {

    private static final long TICK_MILLIS = 100;

    private final SplitEnumeratorContext<TopologySplit> context;
    private final Readers readers;
    private final PermitTraffic permits;
    private TopologySplit unassigned;

    /**
     * @param unassigned null: a reader has it
     */
    TopologyEnumerator(
            SplitEnumeratorContext<TopologySplit> context,
            AccountQuota account,
            TopologyConfig config,
            TopologySplit unassigned) {
        this.context = context;
        this.readers = new Readers(context);
        this.permits =
                new PermitTraffic(context, readers, account, config.quota(), Duration.ofMinutes(1));
        this.unassigned = unassigned;
    }

    @Override
    public void start() {
        context.callAsync(() -> null, (nothing, failure) -> permits.grant(), 0, TICK_MILLIS);
    }

    @Override
    public void addReader(int subtask) {
        if (unassigned != null) {
            context.assignSplit(unassigned, subtask);
            unassigned = null;
        }
        context.signalNoMoreSplits(subtask);
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        throw new UnsupportedOperationException("readers are given splits, they don't ask");
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        handleSourceEvent(subtask, ReaderId.ANY_ATTEMPT, event);
    }

    @Override
    public void handleSourceEvent(int subtask, int attempt, SourceEvent event) {
        if (event instanceof PermitRequested asked) {
            readers.hello(new ReaderId(subtask, attempt), asked.request().epoch());
            permits.requested(asked);
        } else if (event instanceof PermitReleased released) {
            permits.released(released);
        } else {
            throw new IllegalArgumentException("not an event of this source: " + event);
        }
    }

    @Override
    public void addSplitsBack(List<TopologySplit> splits, int subtask) {
        permits.lost(readers.forgetSubtask(subtask));
        splits.forEach(split -> unassigned = split);
    }

    /** What no reader has; {@code null}: nothing. */
    @Override
    public TopologySplit snapshotState(long checkpointId) {
        return unassigned;
    }

    @Override
    public void close() {
        permits.close();
    }
}
