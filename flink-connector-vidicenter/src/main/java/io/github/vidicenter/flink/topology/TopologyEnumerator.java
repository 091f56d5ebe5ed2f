package io.github.vidicenter.flink.topology;

import io.github.vidicenter.flink.event.PermitGranted;
import io.github.vidicenter.flink.event.PermitReleased;
import io.github.vidicenter.flink.event.PermitRequested;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.quota.PermitRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;

/** Gives the list to the first reader there is, and keeps the account's limits. */
final class TopologyEnumerator
        implements SplitEnumerator<TopologySplit, TopologySplit>,
                SupportsHandleExecutionAttemptSourceEvent {

    private static final int ANY_ATTEMPT = -1;
    private static final long TICK_MILLIS = 100;

    private record Reader(int subtask, int attempt) {}

    private final SplitEnumeratorContext<TopologySplit> context;
    private final AccountQuota account;
    private final AccountQuota.Member quota;
    private final Map<Long, Reader> readers = new HashMap<>();
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
        this.account = account;
        this.quota = account.join(config.quota(), Duration.ofMinutes(1), this::granted);
        this.unassigned = unassigned;
    }

    @Override
    public void start() {
        context.callAsync(() -> null, (nothing, failure) -> account.grant(), 0, TICK_MILLIS);
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
        handleSourceEvent(subtask, ANY_ATTEMPT, event);
    }

    @Override
    public void handleSourceEvent(int subtask, int attempt, SourceEvent event) {
        if (event instanceof PermitRequested asked) {
            readers.put(asked.request().epoch(), new Reader(subtask, attempt));
            quota.request(asked.request());
        } else if (event instanceof PermitReleased released) {
            quota.release(released.epoch(), released.id(), released.result());
        } else {
            throw new IllegalArgumentException("not an event of this source: " + event);
        }
    }

    /** Called by whichever table made room for the call, so on any thread. */
    private void granted(PermitRequest request) {
        try {
            context.runInCoordinatorThread(() -> grant(request));
        } catch (RuntimeException closed) {
            quota.cancel(request.epoch(), request.id());
        }
    }

    private void grant(PermitRequest request) {
        Reader reader = readers.get(request.epoch());
        PermitGranted grant = new PermitGranted(request.epoch(), request.id(), 0);
        if (reader == null || !context.registeredReaders().containsKey(reader.subtask)) {
            quota.cancel(request.epoch(), request.id());
        } else if (reader.attempt == ANY_ATTEMPT) {
            context.sendEventToSourceReader(reader.subtask, grant);
        } else {
            context.sendEventToSourceReader(reader.subtask, reader.attempt, grant);
        }
    }

    @Override
    public void addSplitsBack(List<TopologySplit> splits, int subtask) {
        readers.entrySet()
                .removeIf(
                        reader -> {
                            boolean lost = reader.getValue().subtask == subtask;
                            if (lost) {
                                quota.releaseEpoch(reader.getKey());
                            }
                            return lost;
                        });
        splits.forEach(split -> unassigned = split);
    }

    /** What no reader has; {@code null}: nothing. */
    @Override
    public TopologySplit snapshotState(long checkpointId) {
        return unassigned;
    }

    @Override
    public void close() {
        quota.close();
    }
}
