package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.split.ExportSplit;
import java.util.Optional;

/**
 * Says when refreshes go on: they yield to first reads, and wait until the reader of the ledger,
 * which reads everything where there are refreshes, is known.
 *
 * <p>After a failure that reader holds again what it held at the checkpoint, though later exports
 * of the same windows may have been planned since. These wait for the end of what is held: else old
 * values could be emitted after new ones.
 */
final class Refresher {

    /** In {@link io.github.vidicenter.flink.event.TimeReached}: nothing may be forgotten. */
    static final long KEEP_ALL = Long.MIN_VALUE;

    private static final int NOWHERE = -1;

    private final ScanPlan plan;
    private final Completeness completeness;
    private final ReturnedSplits returned;
    private final boolean on;
    private int home = NOWHERE;
    private boolean asked;

    /** Nothing is in flight that was before a failure. */
    private boolean settled;

    Refresher(ScanPlan plan, Completeness completeness, ReturnedSplits returned) {
        this.plan = plan;
        this.completeness = completeness;
        this.returned = returned;
        this.on = plan.config().scan().refreshLookback() != null;
    }

    boolean isOn() {
        return on;
    }

    /** Whether splits may go to this subtask. */
    boolean allows(int subtask) {
        return !on || subtask == home;
    }

    void ledgerIsAt(int subtask) {
        home = subtask;
    }

    void lost(int subtask) {
        settled = false;
        if (subtask == home) {
            home = NOWHERE;
        }
    }

    /** The ledger, where no reader has it. */
    Optional<ExportSplit> newLedger() {
        return on && home == NOWHERE && completeness.isKnown() && !returned.holdsLedger()
                ? plan.newLedger()
                : Optional.empty();
    }

    /** Whether it is time to look at the topology for news. */
    boolean wantsLook() {
        if (home == NOWHERE || !completeness.isKnown() || completeness.inFlight() > 0) {
            return false;
        }
        RefreshPlanner planner = plan.refresh();
        // A scan that is never at rest is looked at all the same, though some time later.
        asked =
                planner.isDue(plan.now())
                        && returned.isEmpty()
                        && (plan.isBetweenBands() || planner.isOverdue(plan.now()));
        return asked;
    }

    void learned(Topology topology) {
        if (asked) {
            asked = false;
            plan.refresh()
                    .learn(
                            topology,
                            plan.selection(),
                            completedUpTo(),
                            readsNothingFirst() && plan.isBetweenBands(),
                            plan.now());
        }
    }

    void unreadable(boolean lasting) {
        if (asked && lasting) {
            asked = false;
            plan.refresh().learnNothing(plan.selection(), completedUpTo(), plan.now());
        }
    }

    /** The next export to read again, if nothing is to be read for the first time. */
    Optional<ExportSplit> next() {
        // One slot stays free for what comes due meanwhile.
        int most = Math.max(1, plan.config().quota().concurrentExports() - 1);
        return home == NOWHERE
                        || !plan.knowsSelection()
                        || !isSettled()
                        || !readsNothingFirst()
                        || completeness.inFlight() >= most
                ? Optional.empty()
                : plan.refresh().next(plan.selection(), plan.now());
    }

    /** The next of those that came back: one by one, since they may be of several rounds. */
    Optional<ExportSplit> nextReturned() {
        return home == NOWHERE || !isIdle() ? Optional.empty() : returned.takeRefresh();
    }

    private boolean isSettled() {
        settled |= isIdle();
        return settled && !returned.holdsRefresh();
    }

    private boolean isIdle() {
        return completeness.isKnown() && completeness.inFlight() == 0;
    }

    /** Start of the windows that the ledger has to know. */
    long keepFrom(long completeUpTo) {
        return !on || plan.refresh().isUnderWay() || refreshesInFlight()
                ? KEEP_ALL
                : plan.refresh().keepFrom(completeUpTo);
    }

    private boolean refreshesInFlight() {
        return readsNothingFirst() && (completeness.inFlight() > 0 || !returned.isEmpty())
                || completeness.holdsRefresh()
                || returned.holdsRefresh();
    }

    private boolean readsNothingFirst() {
        return completeness.upTo(ExportSplit.NO_START) == ExportSplit.NO_START
                && returned.upTo(ExportSplit.NO_START) == ExportSplit.NO_START;
    }

    private long completedUpTo() {
        return completeness.upTo(returned.upTo(plan.plannedUpTo()));
    }
}
