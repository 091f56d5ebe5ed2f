package io.github.vidicenter.simulator.export;

import io.github.vidicenter.simulator.RealTime;
import io.github.vidicenter.simulator.SimulatedClock;
import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Period;
import io.github.vidicenter.simulator.model.Resolution;
import io.github.vidicenter.simulator.model.Topology;
import io.github.vidicenter.simulator.type.Asked;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The account's data: what the cameras saw, how far it has been uploaded, and uploaded rows. */
public final class Dataset {

    private final Topology topology;
    private final Audience audience;
    private final RealTime time;
    private final SimulatedClock clock;
    private final long startNanos;
    private final Uploads uploads = new Uploads();
    private final Map<Long, Duration> lags = new ConcurrentHashMap<>();
    private final Map<Long, Long> lastUploads = new ConcurrentHashMap<>();
    private volatile Duration defaultLag;

    /**
     * @param clock null: real time, and all data of all times is there unless there is a lag
     * @param lag how long after an event it is uploaded; null: at once
     */
    public Dataset(
            Topology topology,
            Audience audience,
            RealTime time,
            SimulatedClock clock,
            Duration lag) {
        this.topology = topology;
        this.audience = audience;
        this.time = time;
        this.clock = clock;
        this.startNanos = time.nanos();
        this.defaultLag = lag;
    }

    /** Sets every location's lag. */
    public void lag(Duration lag) {
        lags.clear();
        defaultLag = lag;
    }

    public void lag(long location, Duration lag) {
        lags.put(location, lag);
    }

    /** The rows that an export holds which is built now. */
    public ExportRows rows(ExportQuery query, boolean endInclusive, boolean mondayWeeks) {
        Period period =
                Period.of(
                        query.start(),
                        query.end() + (endInclusive ? 1 : 0),
                        query.resolution(),
                        mondayWeeks);
        Map<Long, Long> horizons = new HashMap<>();
        query.locations().forEach(location -> horizons.put(location.id(), horizon(location)));
        Asked asked =
                new Asked(
                        audience,
                        period,
                        query.variant(),
                        query.contentIds(),
                        query.averageContentDuration(),
                        query.extrapolationAmount(),
                        location -> horizons.get(location.id()));
        return new ExportRows(
                query.type(), asked, query.type().scope().units(query.locations()), uploads);
    }

    /** Simulated time, UTC. */
    public LocalDateTime now() {
        return clock == null
                ? LocalDateTime.ofInstant(time.instant(), ZoneOffset.UTC)
                : clock.now(Duration.ofNanos(time.nanos() - startNanos));
    }

    /** When a location last uploaded, UTC. */
    public LocalDateTime lastUpload(Location location) {
        return Resolution.dateTime(
                Math.max(
                        uploadedUntil(location),
                        lastUploads.getOrDefault(location.id(), Long.MIN_VALUE)));
    }

    Topology topology() {
        return topology;
    }

    Uploads uploads() {
        return uploads;
    }

    void uploadedNow(long location) {
        lastUploads.put(location, Resolution.seconds(now()));
    }

    /** The local time up to which there is data. */
    private long horizon(Location location) {
        return clock == null && lagOf(location) == null
                ? Long.MAX_VALUE
                : uploadedUntil(location) + location.offsetSeconds();
    }

    /** Cameras upload whole segments. */
    private long uploadedUntil(Location location) {
        Duration lag = lagOf(location);
        long until = Resolution.seconds(lag == null ? now() : now().minus(lag));
        return until - Math.floorMod(until, Resolution.SEGMENT);
    }

    private Duration lagOf(Location location) {
        return lags.getOrDefault(location.id(), defaultLag);
    }
}
