package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.quota.WaitCause;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * What the enumerator tells of the account and of how far the scan is, in the group {@code
 * vidicenter} of the coordinator; {@code docs/metrics.md} lists it. Flink reads it on threads of
 * its own.
 */
final class EnumeratorMetrics {

    private volatile long completeUpTo;
    private volatile boolean complete;
    private volatile long unassigned;
    private volatile int inFlight;

    /**
     * @param lag how far a local time is behind now, in milliseconds
     */
    EnumeratorMetrics(
            SplitEnumeratorMetricGroup enumerator,
            AccountQuota account,
            AccountQuota.Member quota,
            long scanStart,
            LongUnaryOperator lag) {
        completeUpTo = scanStart;
        enumerator.setUnassignedSplitsGauge(() -> unassigned);
        MetricGroup group = enumerator.addGroup("vidicenter");
        gauge(group, "callsUsed", account::callsUsed);
        gauge(group, "callsLeft", account::callsLeft);
        gauge(group, "callsThrottled", account::throttled);
        gauge(group, "exportSlotsBusy", account::slotsBusy);
        gauge(group, "connectionsBusy", account::connectionsBusy);
        for (WaitCause cause : WaitCause.values()) {
            gauge(
                    group.addGroup("cause", cause.label()),
                    "permitsWaiting",
                    () -> quota.waiting(cause));
        }
        gauge(group, "splitsInFlight", () -> inFlight);
        gauge(group, "oldestUnfinishedWindow", () -> isBegun() ? completeUpTo : 0);
        gauge(
                group,
                "completenessLag",
                () -> complete || !isBegun() ? 0 : Math.max(0, lag.applyAsLong(completeUpTo)));
    }

    private static void gauge(MetricGroup group, String name, LongSupplier value) {
        group.gauge(name, (Gauge<Long>) value::getAsLong);
    }

    /** Whether the start of the scan is known, which the topology may have to tell. */
    private boolean isBegun() {
        return completeUpTo != Long.MIN_VALUE;
    }

    void splits(int nowInFlight, long nowUnassigned) {
        inFlight = nowInFlight;
        unassigned = nowUnassigned;
    }

    /**
     * @param time up to which all rows are emitted, local time in milliseconds
     * @param all whether there is nothing to come
     */
    void reached(long time, boolean all) {
        completeUpTo = time;
        complete = all;
    }
}
