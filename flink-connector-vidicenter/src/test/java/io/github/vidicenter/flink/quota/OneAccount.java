package io.github.vidicenter.flink.quota;

import static io.github.vidicenter.flink.quota.CallResult.Outcome.BUILDING;
import static io.github.vidicenter.flink.quota.PermitKind.START;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An account at the service's limits, with one table, whose reader asks for permits. */
abstract class OneAccount {

    static final long EPOCH = 1;
    static final Duration EXPORT_TIMEOUT = Duration.ofMinutes(30);

    long now;
    final AccountQuota account = new AccountQuota(() -> now);
    final List<Long> granted = new ArrayList<>();
    final AccountQuota.Member table = join(50, 3, 2);

    /** Exports and permits of these ids, each of which is answered that it is being built. */
    void start(long first, long last) {
        for (long export = first; export <= last; export++) {
            ask(export, START, export);
            table.release(EPOCH, export, CallResult.of(BUILDING));
        }
    }

    void ask(long id, PermitKind kind, long exportKey) {
        table.request(new PermitRequest(EPOCH, id, kind, exportKey, id));
    }

    void pass(Duration time) {
        now += time.toNanos();
        account.grant();
    }

    AccountQuota.Member join(int calls, int exports, int connections) {
        return account.join(
                new VidiCenterConfig.Quota(calls, exports, connections),
                EXPORT_TIMEOUT,
                permit -> granted.add(permit.id()));
    }
}
