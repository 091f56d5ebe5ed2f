package io.github.vidicenter.simulator.export;

import io.github.vidicenter.simulator.Audit;
import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.RealTime;
import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.Phase;
import io.github.vidicenter.simulator.model.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The exports of the account and their states (API document, "Asynchronous usage"): asking for one
 * starts it, asking again tells how far it is, and one that has ended, well or not, stays cached
 * for 24 hours.
 */
public final class ExportJobs {

    private static final DateTimeFormatter CREATION_DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final long CACHED = Duration.ofHours(24).toNanos();

    private static final class Job {
        private Build build;
        private Build previous;
        private Instant lastCreation = Instant.MIN;
        private long calls;
        private long starts;
        private long forceRebuildCalls;
        private long downloads;
    }

    private final RealTime time;
    private final Supplier<Limits> limits;
    private final BuildTime buildTime;
    private final Map<String, Job> jobs = new TreeMap<>();
    private final Set<Build> building = new HashSet<>();
    private long starts;
    private long finished;
    private long failed;
    private long refused;
    private int maxBuilding;

    public ExportJobs(RealTime time, Supplier<Limits> limits, BuildTime buildTime) {
        this.time = time;
        this.limits = limits;
        this.buildTime = buildTime;
    }

    /** What a call would be. */
    public synchronized Phase phase(ExportQuery query, boolean forceRebuild) {
        Job job = jobs.get(query.canonical());
        if (job == null || forceRebuild || expired(job)) {
            return Phase.START;
        }
        return job.build.endedBy(time.nanos()) ? Phase.DOWNLOAD : Phase.POLL;
    }

    /** Counts a call for an export. */
    public synchronized void called(ExportQuery query, boolean forceRebuild) {
        Job job = jobs.computeIfAbsent(query.canonical(), key -> new Job());
        job.calls++;
        job.forceRebuildCalls += forceRebuild ? 1 : 0;
    }

    /**
     * Makes a call for an export.
     *
     * @param rows as of now, should the export be started
     */
    public ExportState ask(ExportQuery query, boolean forceRebuild, Supplier<ExportRows> rows) {
        Build started;
        synchronized (this) {
            settle();
            Job job = jobs.computeIfAbsent(query.canonical(), key -> new Job());
            if (!forceRebuild && !expired(job)) {
                return state(job.build);
            }
            boolean takesSlot = job.build == null || !building.contains(job.build);
            if (takesSlot && building.size() >= limits.get().concurrentExports()) {
                refused++;
                return new ExportState.Refused();
            }
            started = start(job, rows.get());
        }
        // Counting rows takes a while, in which other calls go on.
        plan(query, started);
        return new ExportState.Started();
    }

    private Build start(Job job, ExportRows rows) {
        building.remove(job.build);
        Build build = new Build(rows, nextCreationDate(job));
        job.previous = job.build;
        job.build = build;
        job.starts++;
        starts++;
        building.add(build);
        maxBuilding = Math.max(maxBuilding, building.size());
        return build;
    }

    private void plan(ExportQuery query, Build build) {
        long limit =
                query.resolution() == Resolution.FINEST
                        ? limits.get().finestRows()
                        : limits.get().aggregatedRows();
        long count = build.rows().estimate(limit == Long.MAX_VALUE ? limit : limit + 1);
        synchronized (this) {
            if (count > limit) {
                build.fail("Too many rows: the limit is " + limit);
            }
            build.endAt(time.nanos() + buildTime.nanos(Math.min(count, limit)));
        }
    }

    /** A date that no earlier build of the export has, though it is only told in seconds. */
    private String nextCreationDate(Job job) {
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        job.lastCreation = now.isAfter(job.lastCreation) ? now : job.lastCreation.plusSeconds(1);
        return CREATION_DATE.format(LocalDateTime.ofInstant(job.lastCreation, ZoneOffset.UTC));
    }

    private ExportState state(Build build) {
        if (!build.endedBy(time.nanos())) {
            return new ExportState.InProgress(build.creationDate());
        }
        return build.failed()
                ? new ExportState.Failed(build.creationDate(), build.failReason())
                : new ExportState.Finished(build.creationDate(), build.rows());
    }

    private boolean expired(Job job) {
        return job.build == null
                || job.build.endedBy(time.nanos()) && time.nanos() - job.build.endsAt() >= CACHED;
    }

    /** Takes the builds that have ended out of their slots. */
    private void settle() {
        for (Iterator<Build> i = building.iterator(); i.hasNext(); ) {
            Build build = i.next();
            if (build.endedBy(time.nanos())) {
                i.remove();
                finished += build.failed() ? 0 : 1;
                failed += build.failed() ? 1 : 0;
            }
        }
    }

    /** Drops an export from the cache, and the build that is going on. */
    public synchronized void forget(ExportQuery query) {
        Job job = jobs.get(query.canonical());
        if (job != null) {
            building.remove(job.build);
            job.build = null;
        }
    }

    /** The export before the last rebuild, as if nobody had asked for that; empty: none. */
    public synchronized Optional<ExportState> beforeRebuild(ExportQuery query) {
        Job job = jobs.get(query.canonical());
        return Optional.ofNullable(job.previous).map(this::state);
    }

    /** Makes the build that is going on fail, or take longer. */
    public synchronized void spoil(ExportQuery query, Fault.OfTheExport fault) {
        Build build = jobs.get(query.canonical()).build;
        if (build == null) {
            return;
        }
        if (fault instanceof Fault.FailedExport failure) {
            build.fail(failure.reason());
        } else if (fault instanceof Fault.Stuck stuck) {
            build.endAt(build.endsAt() + stuck.duration().toNanos());
        }
    }

    public synchronized void downloading(ExportQuery query) {
        jobs.get(query.canonical()).downloads++;
    }

    /** What was seen, for the audit. */
    public synchronized Seen seen() {
        settle();
        Map<String, Audit.Export> exports = new TreeMap<>();
        jobs.forEach(
                (query, job) ->
                        exports.put(
                                query,
                                new Audit.Export(
                                        job.calls,
                                        job.starts,
                                        job.forceRebuildCalls,
                                        job.downloads)));
        long started = exports.values().stream().filter(export -> export.starts() > 0).count();
        return new Seen(starts, starts - started, finished, failed, refused, maxBuilding, exports);
    }

    /** See {@link Audit}. */
    public record Seen(
            long starts,
            long rebuilds,
            long finished,
            long failed,
            long refused,
            int maxBuilding,
            Map<String, Audit.Export> exports) {}
}
