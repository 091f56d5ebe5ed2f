package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.event.BuildsSeen;
import io.github.vidicenter.flink.event.ExportRead;
import io.github.vidicenter.flink.event.ExportsHeld;
import io.github.vidicenter.flink.event.PermitReleased;
import io.github.vidicenter.flink.event.PermitRequested;
import io.github.vidicenter.flink.event.ReaderFails;
import io.github.vidicenter.flink.event.ReaderHello;
import io.github.vidicenter.flink.event.SplitsFinished;
import io.github.vidicenter.flink.event.TimeReached;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.split.ExportSplit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    private final SplitEnumeratorContext<ExportSplit> context;
    private final ScanPlan plan;
    private final AccountQuota account;
    private final EnumeratorMetrics metrics;
    private final boolean restored;

    /** Null where no option needs it. */
    private final TopologyWatch topology;

    private final ReturnedSplits returned = new ReturnedSplits();
    private final Completeness completeness = new Completeness();
    private final RecentBuilds builds = new RecentBuilds();
    private final Readers readers;
    private final PermitTraffic permits;
    private final HeldExports held;
    private final Refresher refresher;
    private final SplitAssigner assigner;
    private final Announcements announcements;

    /** Rows of finished splits; counted anew when a reader is lost, since some may be its own. */
    private long emitted;

    private boolean ended;

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
        this.readers = new Readers(context);
        this.permits =
                new PermitTraffic(
                        context,
                        readers,
                        account,
                        plan.config().quota(),
                        plan.config().protocol().exportTimeout());
        AccountQuota.Member quota = permits.quota();
        this.held = new HeldExports(quota, plan.config().kind());
        this.topology =
                plan.followsTopology() || plan.config().scan().refreshLookback() != null
                        ? new TopologyWatch(
                                context, quota, access, plan.needsLocations(), new Watcher())
                        : null;
        if (topology != null) {
            permits.own(topology::granted);
        }
        this.metrics =
                new EnumeratorMetrics(
                        context.metricGroup(), account, quota, plan.plannedUpTo(), plan::lag);
        this.refresher = new Refresher(plan, completeness, returned);
        this.assigner =
                new SplitAssigner(
                        context,
                        readers,
                        returned,
                        completeness,
                        refresher,
                        plan.config().quota(),
                        this::nextSplit);
        this.announcements =
                new Announcements(
                        context,
                        readers,
                        time -> new TimeReached(time, refresher.keepFrom(time)),
                        restored);
        if (restored) {
            returned.addForAny(state.returned());
            held.addReturned(state.returned());
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
        ReaderId reader = new ReaderId(subtask, attempt);
        if (event instanceof ReaderHello hello) {
            hello(reader, hello);
        } else if (event instanceof PermitReleased released) {
            permits.released(released);
        } else if (event instanceof PermitRequested asked) {
            permits.requested(asked);
        } else if (event instanceof ReaderFails fails) {
            readers.leave(fails.epoch());
            permits.leaves(fails.epoch());
        } else if (event instanceof ExportsHeld holds) {
            held.add(holds.exportKeys());
        } else if (event instanceof ExportRead read) {
            plan.learn(read);
        } else if (event instanceof BuildsSeen seen) {
            builds.add(seen);
            readers.all().stream()
                    .filter(other -> !other.equals(reader))
                    .forEach(other -> readers.send(other, seen));
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
        permits.lost(readers.forgetSubtask(subtask));
        completeness.lost(subtask);
        refresher.lost(subtask);
        announcements.lost(subtask);
        emitted = 0;
        returned.addFor(subtask, splits);
    }

    @Override
    public EnumeratorState snapshotState(long checkpointId) {
        return plan.snapshot(returned.all(), permits.quota().building());
    }

    @Override
    public void close() {
        if (topology != null) {
            topology.close();
        }
        permits.close();
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
            assigner.assign();
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
            readers.send(reader, builds.all());
        }
        if (completeness.isKnown()) {
            announcements.welcome(reader, completedUpTo());
        }
        advance();
    }

    private void tick() {
        permits.lost(readers.forgetUnregistered());
        permits.grant();
        advance();
    }

    private void advance() {
        assigner.assign();
        if (topology != null) {
            plan.wantsTopology().ifPresent(topology::look);
            if (!ended && refresher.isOn() && refresher.wantsLook()) {
                topology.look(Duration.ZERO);
            }
        }
        metrics.splits(completeness.inFlight(), returned.size());
        if (!completeness.isKnown()) {
            return;
        }
        held.allAreKnown();
        long time = completedUpTo();
        announcements.time(time);
        announcements.backlog(plan.isBehind(time));
        boolean complete = isComplete();
        metrics.reached(time, complete);
        if (complete) {
            ended = true;
            announcements.end();
        }
    }

    /** First reads come first; a scan that a condition ends is not read again once complete. */
    private Optional<ExportSplit> nextSplit() {
        Optional<ExportSplit> first = hasEnough() ? Optional.empty() : plan.next(account.share());
        return first.isPresent() || ended || !refresher.isOn() ? first : refresher.next();
    }

    private long completedUpTo() {
        return completeness.upTo(returned.upTo(plan.plannedUpTo()));
    }

    /** Whether the query's limit is reached. */
    private boolean hasEnough() {
        return ended || emitted >= plan.config().narrowing().limit();
    }

    private boolean isComplete() {
        return (plan.isDone() || hasEnough()) && returned.isEmpty() && completeness.inFlight() == 0;
    }
}
