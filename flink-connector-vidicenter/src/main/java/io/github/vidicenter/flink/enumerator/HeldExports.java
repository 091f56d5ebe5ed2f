package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.split.ExportSplit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Exports of a restored state that somebody will ask for. Others have ended: the account hears so
 * once all readers have said what they hold.
 */
final class HeldExports {

    private final AccountQuota.Member quota;
    private final ExportKind kind;

    /** Null: the account has heard. */
    private Set<Long> keys = new HashSet<>();

    HeldExports(AccountQuota.Member quota, ExportKind kind) {
        this.quota = quota;
        this.kind = kind;
    }

    /** A reader has these. */
    void add(Collection<Long> exportKeys) {
        if (keys != null) {
            keys.addAll(exportKeys);
        }
    }

    /** No reader has these yet. */
    void addReturned(List<ExportSplit> returned) {
        returned.forEach(split -> add(split.exportKeys(kind)));
    }

    /** All readers have spoken. */
    void allAreKnown() {
        if (keys != null) {
            quota.restoredReadersHold(keys);
            keys = null;
        }
    }
}
