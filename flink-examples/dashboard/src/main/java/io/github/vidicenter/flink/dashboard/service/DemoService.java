package io.github.vidicenter.flink.dashboard.service;

import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.SimulatedClock;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A simulator in this process, whose day passes faster than a real one. One of its locations
 * uploads days late, so that it has no data yet.
 *
 * <p>Quota and polls are in real time. Up to 60 times as fast the real service's limits do; beyond
 * that the simulator allows as much more, and the job is told so.
 */
public final class DemoService implements Service {

    private static final long SILENT = 9876;
    private static final int FULL_SPEED = 60;

    private final VidiCenterSimulator simulator;
    private final SimulatedClock clock;
    private final Duration history;
    private final int callsPerMinute;
    private final long startNanos = System.nanoTime();

    private DemoService(SimulatedClock clock, Duration history) {
        this.clock = clock;
        this.history = history;
        this.callsPerMinute =
                (int) (Limits.DEFAULT.callsPerMinute() * Math.max(1, clock.factor() / FULL_SPEED));
        this.simulator =
                VidiCenterSimulator.builder()
                        .locations(1056, 1234, 4636, 8264, SILENT)
                        .limits(Limits.DEFAULT.withCallsPerMinute(callsPerMinute))
                        .clock(clock)
                        .uploadLag(Duration.ZERO)
                        .start();
        simulator.uploadLag(SILENT, Duration.ofDays(3));
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
        LocalDateTime now = now().truncatedTo(ChronoUnit.SECONDS);
        LocalDateTime first = clock.start().minus(history).truncatedTo(ChronoUnit.DAYS);
        List<Long> locations = simulator.locations();
        return Map.of(
                "url", simulator.url().toString(),
                "username", simulator.username(),
                "token", simulator.token(),
                "locations",
                        locations.stream().map(String::valueOf).collect(Collectors.joining(",")),
                "scan.start", first.toString(),
                "simulation.clock", now + "/" + (long) clock.factor(),
                "quota.requests-per-minute", String.valueOf(callsPerMinute),
                // Small exports, so that the backlog is seen to shrink.
                "scan.window.max-size", "12 h",
                // Windows come so fast that an export for each location would be too many.
                "scan.locations-per-export", String.valueOf(locations.size()),
                "poll.min-interval", "300 ms");
    }

    @Override
    public LocalDateTime now() {
        return clock.now(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    @Override
    public void close() {
        simulator.close();
    }
}
