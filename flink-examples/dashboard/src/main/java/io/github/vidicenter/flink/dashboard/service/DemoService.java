package io.github.vidicenter.flink.dashboard.service;

import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.SimulatedClock;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A simulator in this process, whose day passes faster than a real one. One of its locations
 * uploads an hour late, so that its windows are corrected when they have been read without it; one
 * uploads days late, so that it has no data yet.
 *
 * <p>Quota and polls are in real time. Up to 60 times as fast the real service's limits do; beyond
 * that the simulator allows as much more, and the job is told so.
 */
public final class DemoService implements Service {

    private static final long LATE = 8264;
    private static final long SILENT = 9876;
    private static final Duration SILENT_FOR = Duration.ofDays(3);
    private static final int FULL_SPEED = 60;

    private final VidiCenterSimulator simulator;
    private final SimulatedClock clock;
    private final Duration history;
    private final int callsPerMinute;
    private final Instant start;
    private Duration lateBy = Duration.ofHours(1);

    /** Null: the job does not run yet. */
    private volatile Instant jobStart;

    private DemoService(SimulatedClock clock, Duration history) {
        this.clock = clock;
        this.history = history;
        this.callsPerMinute =
                (int) (Limits.DEFAULT.callsPerMinute() * Math.max(1, clock.factor() / FULL_SPEED));
        this.simulator =
                VidiCenterSimulator.builder()
                        .locations(1056, 1234, 4636, LATE, SILENT)
                        .limits(Limits.DEFAULT.withCallsPerMinute(callsPerMinute))
                        .clock(clock)
                        .start();
        this.start = Instant.now();
        setLags();
    }

    /** From late in a morning on, with the week before it as a backlog. */
    static DemoService start(int speed) {
        return start(LocalDateTime.of(2024, 3, 6, 10, 30), Duration.ofDays(7), speed);
    }

    /**
     * @param start what the clock shows at first
     * @param history how much before that is read
     */
    public static DemoService start(LocalDateTime start, Duration history, int speed) {
        return new DemoService(new SimulatedClock(start, speed), history);
    }

    public VidiCenterSimulator simulator() {
        return simulator;
    }

    @Override
    public String description() {
        return "Reading a simulator at %s, %.0f times as fast as real time."
                .formatted(simulator.url(), clock.factor());
    }

    @Override
    public Map<String, String> options() {
        LocalDateTime first = clock.start().minus(history).truncatedTo(ChronoUnit.DAYS);
        List<Long> locations = simulator.locations();
        return Map.of(
                "url", simulator.url().toString(),
                "username", simulator.username(),
                "token", simulator.token(),
                "locations",
                        locations.stream().map(String::valueOf).collect(Collectors.joining(",")),
                "scan.start", first.toString(),
                "simulation.clock", clock.start() + "/" + (long) clock.factor(),
                "quota.requests-per-minute", String.valueOf(callsPerMinute),
                // Small exports, so that the backlog is seen to shrink.
                "scan.window.max-size", "12 h",
                // Windows come so fast that an export for each location would be too many.
                "scan.locations-per-export", String.valueOf(locations.size()),
                "poll.min-interval", "300 ms");
    }

    @Override
    public void started(Instant at) {
        jobStart = at;
        setLags();
    }

    @Override
    public LocalDateTime now() {
        return jobStart == null
                ? clock.start()
                : clock.now(Duration.between(jobStart, Instant.now()));
    }

    /** Changes how much after the others the late location uploads. */
    public void lateBy(Duration lag) {
        lateBy = lag;
        setLags();
    }

    /**
     * The simulator's clock began before the job's, which the page goes by: what happens is
     * uploaded when that one shows it.
     */
    private void setLags() {
        Duration ahead = Duration.between(now(), clock.now(Duration.between(start, Instant.now())));
        simulator.uploadLag(ahead);
        simulator.uploadLag(LATE, ahead.plus(lateBy));
        simulator.uploadLag(SILENT, ahead.plus(SILENT_FOR));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
