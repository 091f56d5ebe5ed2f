package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.event.PermitGranted;
import io.github.vidicenter.flink.event.PermitReleased;
import io.github.vidicenter.flink.event.PermitRequested;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.quota.PermitRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Carries permits between the account and a table's readers. */
public final class PermitTraffic implements AutoCloseable {

    private final SplitEnumeratorContext<?> context;
    private final Readers readers;
    private final AccountQuota account;
    private final AccountQuota.Member quota;

    /** The enumerator's own calls. */
    private Predicate<PermitRequest> own = request -> false;

    /**
     * @param limits of the table
     * @param exportTimeout how long an export of it may take
     */
    public PermitTraffic(
            SplitEnumeratorContext<?> context,
            Readers readers,
            AccountQuota account,
            VidiCenterConfig.Quota limits,
            Duration exportTimeout) {
        this.context = context;
        this.readers = readers;
        this.account = account;
        this.quota = account.join(limits, exportTimeout, this::granted);
    }

    AccountQuota.Member quota() {
        return quota;
    }

    /**
     * @param taken takes the permits of calls that the enumerator makes itself
     */
    void own(Predicate<PermitRequest> taken) {
        own = taken;
    }

    public void requested(PermitRequested asked) {
        if (readers.knows(asked.request().epoch())) {
            quota.request(asked.request());
        }
    }

    public void released(PermitReleased released) {
        quota.release(released.epoch(), released.id(), released.result());
    }

    /** The reader asks for nothing more; what it has in flight goes on. */
    public void leaves(long epoch) {
        quota.withdraw(epoch);
    }

    /** What these readers had in flight is over. */
    public void lost(List<Long> epochs) {
        epochs.forEach(quota::releaseEpoch);
    }

    /** Grants what the account allows by now. */
    public void grant() {
        account.grant();
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
        if (own.test(request)) {
            return;
        }
        ReaderId reader = readers.get(request.epoch());
        PermitGranted grant = new PermitGranted(request.epoch(), request.id(), account.partUsed());
        if (reader == null || !readers.send(reader, grant)) {
            quota.cancel(request.epoch(), request.id());
        }
    }

    @Override
    public void close() {
        quota.close();
    }
}
