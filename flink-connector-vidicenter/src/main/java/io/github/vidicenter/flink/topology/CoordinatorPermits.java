package io.github.vidicenter.flink.topology;

import io.github.vidicenter.flink.event.PermitGranted;
import io.github.vidicenter.flink.event.PermitReleased;
import io.github.vidicenter.flink.event.PermitRequested;
import io.github.vidicenter.flink.quota.CallResult;
import io.github.vidicenter.flink.quota.PermitRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.SourceEvent;

/** Permits of the coordinator, which knows all calls of the job. One call at a time. */
final class CoordinatorPermits implements ListReading.Permits {

    private final long epoch;
    private final Consumer<SourceEvent> coordinator;
    private CompletableFuture<Void> granted;
    private long lastId;

    /**
     * @param epoch random, new for each start of a reader
     */
    CoordinatorPermits(long epoch, Consumer<SourceEvent> coordinator) {
        this.epoch = epoch;
        this.coordinator = coordinator;
    }

    @Override
    public long acquire(CompletableFuture<Void> abandoned) throws InterruptedException {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        synchronized (this) {
            granted = mine;
            lastId++;
        }
        coordinator.accept(new PermitRequested(PermitRequest.list(epoch, lastId)));
        try {
            CompletableFuture.anyOf(mine, abandoned).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("neither of the two fails", e);
        }
        return mine.isDone() ? lastId : -1;
    }

    synchronized void granted(PermitGranted grant) {
        if (grant.epoch() == epoch && grant.id() == lastId) {
            granted.complete(null);
        }
    }

    @Override
    public void release(long id, CallResult result) {
        coordinator.accept(new PermitReleased(epoch, id, result));
    }
}
