package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.event.PermitGranted;
import io.github.vidicenter.flink.event.PermitReleased;
import io.github.vidicenter.flink.event.PermitRequested;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.quota.PermitRequest;
import io.github.vidicenter.flink.split.ExportSplit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Carries permits between the account and this table's readers, and tells the account of what
 * readers had when they were lost or restored.
 */
final class PermitTraffic {

    private final SplitEnumeratorContext<?> context;
    private final Readers readers;
    private final AccountQuota account;
    private final AccountQuota.Member quota;
    private final ExportKind kind;

    /** The enumerator's own calls. */
    private Predicate<PermitRequest> own = request -> false;

    /** Exports that readers have of their restored state; null: all that were building are told. */
    private Set<Long> held = new HashSet<>();

    PermitTraffic(
            SplitEnumeratorContext<?> context,
            Readers readers,
            AccountQuota account,
            VidiCenterConfig config) {
        this.context = context;
        this.readers = readers;
        this.account = account;
        this.kind = config.kind();
        this.quota = account.join(config.quota(), config.protocol().exportTimeout(), this::granted);
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

    void requested(PermitRequested asked) {
        if (readers.knows(asked.request().epoch())) {
            quota.request(asked.request());
        }
    }

    void released(PermitReleased released) {
        quota.release(released.epoch(), released.id(), released.result());
    }

    /** What these readers had in flight is over. */
    void lost(List<Long> epochs) {
        epochs.forEach(quota::releaseEpoch);
    }

    /** Grants what the account allows by now. */
    void grant() {
        account.grant();
    }

    /** A reader has these exports of its restored state. */
    void held(List<Long> exportKeys) {
        if (held != null) {
            held.addAll(exportKeys);
        }
    }

    /**
     * All readers have said what they hold: other exports of the restored state have ended.
     *
     * @param returned what no reader has
     */
    void allHeldAreKnown(List<ExportSplit> returned) {
        if (held != null) {
            returned.forEach(split -> held.addAll(split.exportKeys(kind)));
            quota.restoredReadersHold(held);
            held = null;
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
        if (own.test(request)) {
            return;
        }
        ReaderId reader = readers.get(request.epoch());
        PermitGranted grant = new PermitGranted(request.epoch(), request.id(), account.partUsed());
        if (reader == null || !readers.send(reader, grant)) {
            quota.cancel(request.epoch(), request.id());
        }
    }

    void close() {
        quota.close();
    }
}
