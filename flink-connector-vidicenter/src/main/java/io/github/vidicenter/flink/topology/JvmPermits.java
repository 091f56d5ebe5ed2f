package io.github.vidicenter.flink.topology;

import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.quota.AccountQuotas;
import io.github.vidicenter.flink.quota.CallResult;
import io.github.vidicenter.flink.quota.PermitRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Permits of lookups, which have no coordinator to ask: the account's limits are kept within this
 * JVM. What other TaskManagers and the scans do is not known here.
 */
final class JvmPermits implements ListReading.Permits, AutoCloseable {

    private static final long TICK_MILLIS = 100;

    private final long epoch = ThreadLocalRandom.current().nextLong();
    private final AccountQuota account;
    private final AccountQuota.Member member;
    private CompletableFuture<Void> granted;
    private long lastId;

    JvmPermits(TopologyConfig config) {
        account = AccountQuotas.of(config.account().url(), config.account().username());
        member = account.join(config.quota(), Duration.ofMinutes(1), this::granted);
    }

    /** One at a time. */
    @Override
    public long acquire(CompletableFuture<Void> abandoned) throws InterruptedException {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        long id = ++lastId;
        synchronized (this) {
            granted = mine;
        }
        member.request(PermitRequest.list(epoch, id));
        while (!abandoned.isDone()) {
            try {
                CompletableFuture.anyOf(mine, abandoned).get(TICK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException tick) {
                account.grant();
                continue;
            } catch (ExecutionException e) {
                throw new IllegalStateException("neither of the two fails", e);
            }
            if (mine.isDone()) {
                return id;
            }
        }
        return -1;
    }

    private synchronized void granted(PermitRequest request) {
        granted.complete(null);
    }

    @Override
    public void release(long id, CallResult result) {
        member.release(epoch, id, result);
    }

    @Override
    public void close() {
        member.close();
    }
}
