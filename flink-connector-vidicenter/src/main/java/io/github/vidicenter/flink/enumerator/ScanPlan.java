package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.fromMillis;
import static io.github.vidicenter.flink.window.LocalTimes.toMillis;

import io.github.vidicenter.flink.client.LocationStatus;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.DividedList;
import io.github.vidicenter.flink.config.Narrowing;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.event.ExportRead;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scan as a job runs it: what is to be read next, by the time, the topology, and what earlier
 * exports held.
 */
public final class ScanPlan {

    private static final Logger LOG = LoggerFactory.getLogger(ScanPlan.class);

    /** For so long a window fills up from late uploads: an export found built may lack some. */
    private static final Duration RECENT = Duration.ofHours(48);

    /** In a state: the bounds wait for the topology, which tells what time it is. */
    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private final VidiCenterConfig config;
    private final Instant jobStart;
    private final ScanClock clock;
    private final Selection.Kind divided;
    private final boolean needsLocations;
    private final boolean followsTopology;
    private WindowGrid windows;
    private NeededSpan needed;
    private ExportSize size;
    private SplitPlanner planner;

    /** Null where there are no refreshes, or the scan has not begun. */
    private RefreshPlanner refresh;

    /** Null: nothing can be planned before it is known. */
    private Topology topology;

    // What follows from it, for all ids at once: planning asks for it at each of them.
    private Selection selection;
    private ZoneOffset slowest = ZoneOffset.UTC;
    private ZoneOffset fastest = ZoneOffset.UTC;

    /** A band has begun since the topology was learned. */
    private boolean outdated;

    private ScanPlan(VidiCenterConfig config, Instant jobStart, Clock wallClock) {
        this.config = config;
        this.jobStart = jobStart;
        VidiCenterConfig.Scan scan = config.scan();
        this.clock = ScanClock.of(scan, jobStart, wallClock, () -> slowest);
        this.divided = DividedList.of(config);
        boolean reads = !config.narrowing().isEmpty();
        this.needsLocations = reads && (scan.allLocations() || scan.zone() == null);
        this.followsTopology = needsLocations || reads && scan.uploadTimeout() != null;
        this.outdated = followsTopology;
        this.selection = scan.allLocations() ? null : config.selection();
        if (!needsLocations) {
            know(new Topology(List.of()));
        }
    }

    /** The plan of a job that starts anew. */
    public static ScanPlan begin(VidiCenterConfig config, Clock wallClock) {
        ScanPlan plan = new ScanPlan(config, wallClock.instant(), wallClock);
        plan.beginIfTimeIsKnown();
        return plan;
    }

    /**
     * The plan of a job that goes on.
     *
     * @throws FlinkRuntimeException if the state is of another scan
     */
    public static ScanPlan resume(VidiCenterConfig config, EnumeratorState state, Clock wallClock) {
        ScanIdentity.checkUnchanged(state.identity(), config);
        ScanPlan plan = new ScanPlan(config, Instant.ofEpochMilli(state.jobStart()), wallClock);
        if (state.start() != NOT_BEGUN) {
            plan.resume(state);
        } else {
            plan.beginIfTimeIsKnown();
        }
        return plan;
    }

    private void beginIfTimeIsKnown() {
        if (!needsLocations || config.scan().zone() != null || !FixedBounds.areRelative(config)) {
            begin();
        }
    }

    private void begin() {
        WindowGrid grid = FixedBounds.begin(config, clock.now()).windows(config);
        plan(
                grid,
                PlanPosition.at(NeededSpan.of(config, grid).from()),
                ExportHistory.NONE,
                RefreshState.begin(clock.instant().toEpochMilli()));
    }

    private void resume(EnumeratorState state) {
        plan(
                FixedBounds.resume(config, state).windows(config),
                state.position(),
                state.history(),
                state.refresh());
    }

    private void plan(
            WindowGrid grid,
            PlanPosition position,
            ExportHistory history,
            RefreshState refreshState) {
        windows = grid;
        needed = NeededSpan.of(config, windows);
        size = new ExportSize(config, windows, divided, history);
        planner = new SplitPlanner(config, windows, size, divided, needed.until(), position);
        if (config.scan().refreshLookback() != null) {
            refresh =
                    new RefreshPlanner(
                            config,
                            windows,
                            size,
                            divided,
                            needed,
                            clock.origin(jobStart),
                            refreshState);
        }
    }

    RefreshPlanner refresh() {
        return refresh;
    }

    /** A split that remembers for refreshes; empty before the scan has begun. */
    Optional<ExportSplit> newLedger() {
        return windows == null ? Optional.empty() : Optional.of(ExportSplit.ledger(windows));
    }

    /** Now, by the scan's clock. */
    Instant now() {
        return clock.instant();
    }

    /** Whether all that has come due is planned for all ids. */
    boolean isBetweenBands() {
        return planner != null
                && planner.isBetweenBands()
                && !awaitsUploads(planner.isNextDue(this::isDueAnywhere));
    }

    public VidiCenterConfig config() {
        return config;
    }

    /** Whether planning looks at the list of locations before each band of windows. */
    boolean followsTopology() {
        return followsTopology;
    }

    /** Whether nothing can be planned before the topology is known. */
    boolean needsLocations() {
        return needsLocations;
    }

    /**
     * @return false if it lists nothing to read, which changes nothing
     */
    boolean learn(Topology now) {
        outdated = false;
        if (config.scan().allLocations() && now.active(Narrowing.NONE).locations().isEmpty()) {
            return false;
        }
        know(now);
        if (planner == null) {
            begin();
            LOG.info("Reading {}", this);
        }
        return true;
    }

    private void know(Topology now) {
        topology = now;
        if (config.scan().allLocations()) {
            selection = now.active(config.narrowing());
        }
        List<LocationStatus> sources = now.of(selection);
        slowest = Topology.slowest(sources).orElse(ZoneOffset.UTC);
        fastest = Topology.fastest(sources).orElse(ZoneOffset.UTC);
    }

    /** Goes on with the topology as it was known. */
    void learnNothing() {
        outdated = false;
    }

    /**
     * Whether planning waits for a look at the topology: how old the last one has to be by then.
     */
    Optional<Duration> wantsTopology() {
        if (!followsTopology || planner != null && planner.isDone()) {
            return Optional.empty();
        }
        if (topology == null) {
            return Optional.of(Duration.ZERO);
        }
        boolean nextDue = planner.isNextDue(this::isDueAnywhere);
        if (nextDue && outdated) {
            return Optional.of(Duration.ZERO);
        }
        return awaitsUploads(nextDue)
                ? Optional.of(config.protocol().pollMaxInterval())
                : Optional.empty();
    }

    private boolean awaitsUploads(boolean nextDue) {
        return config.scan().uploadTimeout() != null && (nextDue || !planner.isBetweenBands());
    }

    /** What an export held, for the sizes of those to come. */
    public void learn(ExportRead read) {
        if (size != null) {
            size.learn(read.cells(), read.rows(), read.buildMillis());
        }
    }

    /** Whether, where all before this time is emitted, the scan is behind by more than a window. */
    public boolean isBehind(long emittedUpTo) {
        return planner != null && planner.isBehind(emittedUpTo, this::isDue);
    }

    /**
     * The next split that is due.
     *
     * @param share of the account's limits that this table may use
     */
    public Optional<ExportSplit> next(double share) {
        if (planner == null || topology == null) {
            return Optional.empty();
        }
        long before = planner.position().next();
        Optional<ExportSplit> split =
                planner.next(
                        new PlanningMoment(
                                end -> !outdated && isDueAnywhere(end),
                                this::isDue,
                                end -> !clock.isDue(end, RECENT),
                                selection,
                                share,
                                config.scan().uploadTimeout() == null
                                                && config.scan().zone() != null
                                        ? PlanningMoment.Readiness.ALL
                                        : this::isReady));
        outdated |= followsTopology && planner.position().next() > before;
        return split;
    }

    private boolean isDue(long end) {
        return clock.isDue(end, config.scan().windowDelay());
    }

    private boolean isDueAnywhere(long end) {
        VidiCenterConfig.Scan scan = config.scan();
        boolean sameForAll =
                divided == null || scan.zone() != null || scan.refreshLookback() != null;
        return sameForAll ? isDue(end) : clock.isDue(end, scan.windowDelay(), fastest);
    }

    private boolean isReady(Long id, long end) {
        VidiCenterConfig.Scan scan = config.scan();
        List<LocationStatus> sources =
                id == null ? topology.of(selection) : topology.of(divided, id);
        ZoneOffset offset = Topology.slowest(sources).orElse(slowest);
        if (!clock.isDue(end, scan.windowDelay(), offset)) {
            return false;
        }
        if (scan.uploadTimeout() == null
                || clock.isDue(end, scan.windowDelay().plus(scan.uploadTimeout()), offset)) {
            return true;
        }
        return !sources.isEmpty()
                && sources.stream()
                        .allMatch(
                                source ->
                                        source.lastUpload() != null
                                                && !source.lastUpload()
                                                        .isBefore(
                                                                clock.over(end, source.offset())));
    }

    /** Whether {@link #selection()} can be told, which the topology may have to. */
    boolean knowsSelection() {
        return selection != null;
    }

    /** What windows that begin now are read for. */
    Selection selection() {
        return selection;
    }

    /** All rows before this local time are in splits that have been made. */
    public long plannedUpTo() {
        return planner == null ? NOT_BEGUN : planner.plannedUpTo();
    }

    /** How far this local time is behind now, in milliseconds. */
    public long lag(long time) {
        return toMillis(clock.now()) - time;
    }

    public boolean isDone() {
        return planner != null && planner.isDone();
    }

    /** What a checkpoint keeps of it. */
    public EnumeratorState snapshot(List<ExportSplit> returned, Set<Long> building) {
        return new EnumeratorState(
                jobStart.toEpochMilli(),
                planner == null ? NOT_BEGUN : windows.start(),
                planner == null ? NOT_BEGUN : windows.end(),
                planner == null ? PlanPosition.at(NOT_BEGUN) : planner.position(),
                planner == null ? ExportHistory.NONE : size.history(),
                refresh == null ? null : refresh.snapshot(),
                returned,
                building,
                ScanIdentity.of(config));
    }

    @Override
    public String toString() {
        if (planner == null) {
            return config.kind().dataType() + ", once the locations' time is known";
        }
        return String.format(
                "%s at %s from %s to %s",
                config.kind().dataType(),
                config.kind().resolution(),
                fromMillis(needed.from()),
                needed.until() == Long.MAX_VALUE ? "no end" : fromMillis(needed.until()));
    }
}
