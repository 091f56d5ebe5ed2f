package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.event.BuildsSeen;
import io.github.vidicenter.flink.event.ExportRead;
import io.github.vidicenter.flink.event.ExportsHeld;
import io.github.vidicenter.flink.event.PermitGranted;
import io.github.vidicenter.flink.event.PermitReleased;
import io.github.vidicenter.flink.event.PermitRequested;
import io.github.vidicenter.flink.event.ReaderFails;
import io.github.vidicenter.flink.event.ReaderHello;
import io.github.vidicenter.flink.event.SplitsFinished;
import io.github.vidicenter.flink.event.TimeReached;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.quota.PermitRequest;
import io.github.vidicenter.flink.split.ExportSplit;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out splits in time order, keeps the account's limits for all readers, and says up to what
 * time everything is emitted. All methods run in the coordinator's thread.
 */
public final class VidiCenterEnumerator
        implements SplitEnumerator<ExportSplit, EnumeratorState>,
                SupportsHandleExecutionAttemptSourceEvent {

    private static final Logger LOG = LoggerFactory.getLogger(VidiCenterEnumerator.class);

    /** How often time is looked at: windows that come due, calls that are a minute old. */
    private static final long TICK_MILLIS = 100;

    /** So many splits may be in the readers' hands beyond those that the account can build. */
    private static final int BEYOND_SLOTS = 3;

    private final SplitEnumeratorContext<ExportSplit> context;
    private final ScanPlan plan;
    private final AccountQuota.Member quota;
    private final AccountQuota account;
    private final EnumeratorMetrics metrics;
    private final boolean restored;

    /** Null where no option needs it. */
    private final TopologyWatch topology;

    private final ReturnedSplits returned = new ReturnedSplits();
    private final Completeness completeness = new Completeness();
    private final Readers readers = new Readers();
    private final RecentBuilds builds = new RecentBuilds();
    private final Refresher refresher;
    private final Set<Integer> toldOfEnd = new HashSet<>();

    /** Exports that readers have of their restored state; null: all that were building are told. */
    private Set<Long> held = new HashSet<>();

    private long announced = Long.MIN_VALUE;

    /** Rows of finished splits; counted anew when a reader is lost, since some may be its own. */
    private long emitted;

    private boolean ended;

    /** What Flink was told; null: what it was told before a restart is not known. */
    private Boolean backlog;

    /**
     * @param state null: the job starts anew
     */
    public VidiCenterEnumerator(
            SplitEnumeratorContext<ExportSplit> context,
            ScanPlan plan,
            AccountQuota account,
            TopologyAccess access,
            EnumeratorState state) {
        this.context = context;
        this.plan = plan;
        this.account = account;
        this.restored = state != null;
        this.backlog = restored ? null : false;
        this.quota =
                account.join(
                        plan.config().quota(),
                        plan.config().protocol().exportTimeout(),
                        this::granted);
        this.topology =
                plan.followsTopology() || plan.config().scan().refreshLookback() != null
                        ? new TopologyWatch(
                                context, quota, access, plan.followsTopology(), new Watcher())
                        : null;
        this.metrics =
                new EnumeratorMetrics(
                        context.metricGroup(), account, quota, plan.plannedUpTo(), plan::lag);
        this.refresher = new Refresher(plan, completeness, returned);
        if (restored) {
            returned.addForAny(state.returned());
            quota.restore(state.building());
        }
    }

    @Override
    public void start() {
        LOG.info("Reading {}", plan);
        if (restored) {
            for (int subtask = 0; subtask < context.currentParallelism(); subtask++) {
                completeness.expectHello(subtask);
            }
        }
        context.callAsync(() -> null, (nothing, failure) -> tick(), 0, TICK_MILLIS);
    }

    @Override
    public void addReader(int subtask) {
        // A reader gets splits once it has said which ones it holds already.
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        throw new UnsupportedOperationException("readers are given splits, they don't ask");
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        handleSourceEvent(subtask, ReaderId.ANY_ATTEMPT, event);
    }

    @Override
    public void handleSourceEvent(int subtask, int attempt, SourceEvent event) {
        if (event instanceof ReaderHello hello) {
            hello(new ReaderId(subtask, attempt), hello);
        } else if (event instanceof PermitReleased released) {
            quota.release(released.epoch(), released.id(), released.result());
        } else if (event instanceof PermitRequested asked) {
            if (readers.knows(asked.request().epoch())) {
                quota.request(asked.request());
            }
        } else if (event instanceof ReaderFails fails) {
            readers.forget(fails.epoch());
            quota.releaseEpoch(fails.epoch());
        } else if (event instanceof ExportsHeld holds) {
            if (held != null) {
                held.addAll(holds.exportKeys());
            }
        } else if (event instanceof ExportRead read) {
            plan.learn(read);
        } else if (event instanceof BuildsSeen seen) {
            builds.add(seen);
            readers.all().stream()
                    .filter(reader -> !reader.equals(new ReaderId(subtask, attempt)))
                    .forEach(reader -> send(reader, seen));
        } else if (event instanceof SplitsFinished finished) {
            if (readers.knows(finished.epoch())) {
                completeness.finished(finished.splitIds());
                emitted += finished.rows();
                advance();
            }
        } else {
            throw new IllegalArgumentException("not an event of this source: " + event);
        }
    }

    @Override
    public void addSplitsBack(List<ExportSplit> splits, int subtask) {
        forget(reader -> reader.subtask() == subtask);
        completeness.lost(subtask);
        refresher.lost(subtask);
        emitted = 0;
        // Once all have said hello again, each hears the time again: a reader that starts anew
        // knows none, whichever of them is the last to speak.
        announced = Long.MIN_VALUE;
        toldOfEnd.remove(subtask);
        returned.addFor(subtask, splits);
    }

    @Override
    public EnumeratorState snapshotState(long checkpointId) {
        return plan.snapshot(returned.all(), quota.building());
    }

    @Override
    public void close() {
        if (topology != null) {
            topology.close();
        }
        quota.close();
    }

    /** What the topology says goes to the plan. */
    private final class Watcher implements TopologyWatch.Listener {

        @Override
        public boolean learned(Topology now) {
            boolean usable = plan.learn(now);
            if (usable) {
                refresher.learned(now);
            }
            advance();
            return usable;
        }

        @Override
        public void unreadable(boolean lasting) {
            plan.learnNothing();
            refresher.unreadable(lasting);
            assignSplits();
        }
    }

    private void hello(ReaderId reader, ReaderHello hello) {
        readers.hello(reader, hello.epoch());
        for (ReaderHello.HeldSplit split : hello.splits()) {
            if (split.id().equals(ExportSplit.LEDGER_ID)) {
                refresher.ledgerIsAt(reader.subtask());
            } else {
                completeness.assigned(split.id(), reader.subtask(), split.start());
            }
        }
        completeness.hello(reader.subtask());
        if (!builds.isEmpty()) {
            send(reader, builds.all());
        }
        if (announced != Long.MIN_VALUE && completeness.isKnown()) {
            send(reader, timeReached(completedUpTo()));
        }
        advance();
    }

    private void tick() {
        forget(reader -> !reader.isRegistered(context));
        account.grant();
        advance();
    }

    private void advance() {
        assignSplits();
        if (topology != null) {
            plan.wantsTopology().ifPresent(topology::look);
            if (refresher.isOn() && !ended && refresher.wantsLook()) {
                topology.look(Duration.ZERO);
            }
        }
        metrics.splits(completeness.inFlight(), returned.size());
        if (!completeness.isKnown()) {
            return;
        }
        if (held != null) {
            returned.all().forEach(split -> held.addAll(split.exportKeys(plan.config().kind())));
            quota.restoredReadersHold(held);
            held = null;
        }
        long time = completedUpTo();
        announce(time);
        tellOfBacklog(plan.isBehind(time));
        boolean complete = isComplete();
        metrics.reached(time, complete);
        if (complete) {
            ended = true;
            // After its hello, so that a reader hears the last time before the end.
            readers.all().stream()
                    .filter(reader -> reader.isRegistered(context))
                    .map(ReaderId::subtask)
                    .filter(toldOfEnd::add)
                    .forEach(context::signalNoMoreSplits);
        }
    }

    private void assignSplits() {
        for (ReaderId reader : readers.all()) {
            if (reader.isRegistered(context)) {
                returned.takeFor(reader.subtask()).forEach(split -> assign(split, reader));
            }
        }
        refresher
                .newLedger()
                .ifPresent(
                        ledger ->
                                readers.all().stream()
                                        .filter(reader -> reader.isRegistered(context))
                                        .min(Comparator.comparingInt(ReaderId::subtask))
                                        .ifPresent(reader -> assign(ledger, reader)));
        Optional<ReaderId> reader = leastLoaded();
        while (reader.isPresent()) {
            Optional<ExportSplit> split =
                    returned.takeForAny()
                            .or(this::nextSplit)
                            .or(this::nextRefresh);
            if (split.isEmpty()) {
                return;
            }
            assign(split.get(), reader.get());
            reader = leastLoaded();
        }
    }

    private void assign(ExportSplit split, ReaderId reader) {
        if (split.isLedger()) {
            refresher.ledgerIsAt(reader.subtask());
        } else {
            completeness.assigned(split.splitId(), reader.subtask(), split.start());
        }
        context.assignSplit(split, reader.subtask());
    }

    /** The reader with the fewest splits, unless each has enough to keep the account busy. */
    private Optional<ReaderId> leastLoaded() {
        int exports = plan.config().quota().concurrentExports();
        int parallelism = refresher.isOn() ? 1 : context.currentParallelism();
        // While some are built, others are downloaded and their rows emitted.
        long enough = (exports + Math.min(exports, BEYOND_SLOTS) + parallelism - 1) / parallelism;
        return readers.all().stream()
                .filter(reader -> reader.isRegistered(context))
                .filter(reader -> refresher.allows(reader.subtask()))
                .filter(reader -> completeness.load(reader.subtask()) < enough)
                .min(
                        Comparator.<ReaderId>comparingLong(r -> completeness.load(r.subtask()))
                                .thenComparingInt(ReaderId::subtask));
    }

    private long completedUpTo() {
        return completeness.upTo(returned.upTo(plan.plannedUpTo()));
    }

    private Optional<ExportSplit> nextSplit() {
        return hasEnough() ? Optional.empty() : plan.next(account.share());
    }

    /** A scan that a condition of the query ends is not read again once it is complete. */
    private Optional<ExportSplit> nextRefresh() {
        return refresher.isOn() && !ended ? refresher.next() : Optional.empty();
    }

    /** Whether the query's limit is reached. */
    private boolean hasEnough() {
        return ended || emitted >= plan.config().narrowing().limit();
    }

    private boolean isComplete() {
        return (plan.isDone() || hasEnough()) && returned.isEmpty() && completeness.inFlight() == 0;
    }

    private void announce(long time) {
        if (time != announced) {
            announced = time;
            readers.all().forEach(reader -> send(reader, timeReached(time)));
        }
    }

    private TimeReached timeReached(long time) {
        return new TimeReached(time, refresher.keepFrom(time));
    }

    /**
     * Of each change once; Flink may then take checkpoints less often, as {@code
     * interval-during-backlog} says.
     */
    private void tellOfBacklog(boolean behind) {
        if (backlog == null || behind != backlog) {
            backlog = behind;
            try {
                context.setIsProcessingBacklog(behind);
            } catch (UnsupportedOperationException e) {
                LOG.debug("Flink does not want to know of a backlog here", e);
            }
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
        if (topology != null && topology.granted(request)) {
            return;
        }
        ReaderId reader = readers.get(request.epoch());
        PermitGranted grant = new PermitGranted(request.epoch(), request.id(), account.partUsed());
        if (reader == null || !send(reader, grant)) {
            quota.cancel(request.epoch(), request.id());
        }
    }

    /** An event to a reader that is not there would fail the job. */
    private boolean send(ReaderId reader, SourceEvent event) {
        boolean registered = reader.isRegistered(context);
        if (registered) {
            reader.send(context, event);
        }
        return registered;
    }

    private void forget(Predicate<ReaderId> gone) {
        readers.removeIf(gone).forEach(quota::releaseEpoch);
    }
}
