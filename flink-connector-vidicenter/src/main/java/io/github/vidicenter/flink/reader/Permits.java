package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.event.PermitReleased;
import io.github.vidicenter.flink.event.PermitRequested;
import io.github.vidicenter.flink.event.ReaderFails;
import io.github.vidicenter.flink.quota.CallResult;
import io.github.vidicenter.flink.quota.PermitKind;
import io.github.vidicenter.flink.quota.PermitRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader's side of the account's quota: no call without a permit of the coordinator. Used by the
 * threads of all splits of the reader.
 */
final class Permits {

    private final long epoch;
    private final Consumer<SourceEvent> coordinator;
    private final Map<Long, CompletableFuture<Void>> asked = new HashMap<>();
    private final Map<Long, PermitRequested> unsent = new HashMap<>();
    private boolean open;
    private long lastId;
    private volatile double callsUsed;

    Permits(long epoch, Consumer<SourceEvent> coordinator) {
        this.epoch = epoch;
        this.coordinator = coordinator;
    }

    /** Lets requests out: the coordinator listens to a reader only after its hello. */
    synchronized void open() {
        open = true;
        unsent.values().forEach(coordinator);
        unsent.clear();
    }

    /**
     * Waits for a permit.
     *
     * @param abandoned completed when the wait is to end without one
     * @return the permit's id, to be released; negative if abandoned
     */
    long acquire(PermitKind kind, long exportKey, long order, CompletableFuture<Void> abandoned)
            throws InterruptedException {
        CompletableFuture<Void> granted = new CompletableFuture<>();
        long id;
        synchronized (this) {
            id = ++lastId;
            asked.put(id, granted);
            PermitRequested request =
                    new PermitRequested(new PermitRequest(epoch, id, kind, exportKey, order));
            if (open) {
                coordinator.accept(request);
            } else {
                unsent.put(id, request);
            }
        }
        try {
            CompletableFuture.anyOf(granted, abandoned).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("neither of the two fails", e);
        }
        return granted.isDone() ? id : -1;
    }

    /**
     * @param partUsed of the account's calls, 0 to 1
     */
    synchronized void granted(long id, double partUsed) {
        callsUsed = partUsed;
        CompletableFuture<Void> waiting = asked.remove(id);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Part of the account's calls that were used up at the last grant, 0 to 1. */
    double callsUsed() {
        return callsUsed;
    }

    /** Asks for no more permits: the reader is about to fail. */
    void leave() {
        coordinator.accept(new ReaderFails(epoch));
    }

    void release(long id, CallResult result) {
        coordinator.accept(new PermitReleased(epoch, id, result));
    }
}
