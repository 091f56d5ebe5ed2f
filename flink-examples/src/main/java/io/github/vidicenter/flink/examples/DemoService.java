package io.github.vidicenter.flink.examples;

import io.github.vidicenter.simulator.Audit;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.SimulatedClock;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A simulator in this process, whose day passes {@code factor} times as fast as a real one. Quota
 * and polls are in real time, so as many calls as the real service allows in a minute would not do:
 * the simulator allows more, and the job is told so.
 */
final class DemoService implements Service {

    private static final int CALLS_PER_MINUTE = 240;

    private final List<Long> locations;
    private final LocalDateTime start;
    private final LocalDateTime end;
    private final int factor;
    private final VidiCenterSimulator simulator;
    private long startedNanos;

    DemoService(List<Long> locations, LocalDateTime start, Duration length, int factor) {
        this.locations = locations;
        this.start = start;
        this.end = start.plus(length);
        this.factor = factor;
        this.simulator =
                VidiCenterSimulator.builder()
                        .locations(locations.stream().mapToLong(Long::longValue).toArray())
                        .limits(Limits.DEFAULT.withCallsPerMinute(CALLS_PER_MINUTE))
                        .clock(new SimulatedClock(start, factor))
                        .start();
    }

    VidiCenterSimulator simulator() {
        return simulator;
    }

    @Override
    public String description() {
        return "Reading %s to %s of locations %s from a simulator at %s, %d times as fast as real time."
                .formatted(start, end, ids(", "), simulator.url(), factor);
    }

    @Override
    public Map<String, String> options() {
        return Map.of(
                "url", simulator.url().toString(),
                "username", simulator.username(),
                "token", simulator.token(),
                "locations", ids(","),
                "scan.start", start.toString(),
                "scan.end", end.toString(),
                "simulation.clock", start + "/" + factor,
                "quota.requests-per-minute", String.valueOf(CALLS_PER_MINUTE),
                "poll.min-interval", "300 ms");
    }

    private String ids(String separator) {
        return locations.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }

    @Override
    public int locations() {
        return locations.size();
    }

    @Override
    public void started() {
        startedNanos = System.nanoTime();
    }

    @Override
    public String progress(int windows, LocalDateTime closed) {
        LocalDateTime now = start.plusNanos((System.nanoTime() - startedNanos) * factor);
        return "%d of %d windows done, %d calls used, event time %d min behind"
                .formatted(
                        windows,
                        Duration.between(start, end).toHours(),
                        simulator.audit().calls(),
                        Duration.between(closed, now).toMinutes());
    }

    @Override
    public boolean conclude(List<AudienceHour> hours, PrintStream out) {
        Audit audit = simulator.audit();
        List<AudienceHour> truth = AudienceTruth.of(simulator, locations, start, end);
        out.println();
        out.printf(
                Locale.ROOT,
                "Received %,d rows in %,d exports with %,d calls: at most %d in a minute, of %d"
                        + " allowed, and %d refused.%n",
                audit.rowsServed(),
                audit.exports().size(),
                audit.calls(),
                audit.maxCallsInMinute(),
                CALLS_PER_MINUTE,
                audit.rejected());
        out.println(sums("Found:", hours));
        out.println(sums("Truth:", truth));
        List<AudienceHour> wrong = hours.stream().filter(hour -> !truth.contains(hour)).toList();
        if (wrong.isEmpty() && hours.size() == truth.size()) {
            out.println("All sums equal the simulator's truth.");
            return true;
        }
        out.printf(
                "WRONG: %d hours instead of %d, of which %d differ from the simulator's truth%n",
                hours.size(), truth.size(), wrong.size());
        wrong.stream().limit(10).forEach(hour -> out.println("  " + hour));
        return false;
    }

    private static String sums(String title, List<AudienceHour> hours) {
        return String.format(
                Locale.ROOT,
                "%s %,.0f could watch, %,.0f watched, for %,.1f s, in %d hours of locations",
                title,
                sum(hours, AudienceHour::ots),
                sum(hours, AudienceHour::watchers),
                sum(hours, AudienceHour::dwellSeconds),
                hours.size());
    }

    private static double sum(List<AudienceHour> hours, Function<AudienceHour, Number> column) {
        return hours.stream()
                .map(column)
                .mapToDouble(value -> value == null ? 0 : value.doubleValue())
                .sum();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
