package io.github.vidicenter.flink.benchmark;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.enumerator.ScanPlan;
import io.github.vidicenter.flink.event.ExportRead;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.quota.CallResult;
import io.github.vidicenter.flink.quota.PermitKind;
import io.github.vidicenter.flink.quota.PermitRequest;
import io.github.vidicenter.flink.split.ExportSplit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A thousand locations live at windows of 5 minutes, with 50 calls a minute, on a simulated clock:
 * how long after its delay's end each window is complete. Planner and quota are the connector's;
 * exports take so long to build, each with a poll in vain.
 */
final class LiveScan {

    private static final Duration BUILD = Duration.ofSeconds(6);
    private static final Duration CALL = Duration.ofMillis(200);
    private static final long STEP = 100;

    private final SteppedClock clock = new SteppedClock();
    private final VidiCenterConfig config =
            PlanningBenchmark.config(1_000, LocalDateTime.parse("2023-01-02T00:00"));
    private final ScanPlan plan = ScanPlan.begin(config, clock);
    private final AccountQuota account = new AccountQuota(() -> clock.millis() * 1_000_000);
    private final Deque<PermitRequest> granted = new ArrayDeque<>();
    private final AccountQuota.Member quota =
            account.join(config.quota(), config.protocol().exportTimeout(), granted::add);
    private final TreeMap<Long, List<Runnable>> later = new TreeMap<>();
    private final Map<Long, Integer> unfinished = new TreeMap<>();
    private final Map<Long, Integer> polls = new HashMap<>();
    private final Map<Long, ExportSplit> splits = new HashMap<>();
    private final Map<Long, Long> completed = new TreeMap<>();
    private long ids;
    private int inFlight;
    private int calls;

    static void main(String[] args) {
        new LiveScan().run();
    }

    private void run() {
        long end = clock.millis() + Duration.ofDays(1).toMillis() + 600_000;
        for (; clock.millis() < end; clock.now += STEP) {
            while (!later.isEmpty() && later.firstKey() <= clock.millis()) {
                later.pollFirstEntry().getValue().forEach(Runnable::run);
            }
            account.grant();
            while (inFlight < 2 * config.quota().concurrentExports()) {
                Optional<ExportSplit> split = plan.next(account.share());
                if (split.isEmpty()) {
                    break;
                }
                inFlight++;
                unfinished.merge(split.get().parts().get(0).end(), 1, Integer::sum);
                ask(split.get(), PermitKind.START);
            }
            while (!granted.isEmpty()) {
                PermitRequest call = granted.poll();
                calls++;
                after(CALL, () -> answered(call));
            }
        }
        double delay = config.scan().windowDelay().toMillis();
        long worst = 0;
        for (Map.Entry<Long, Long> window : completed.entrySet()) {
            worst = Math.max(worst, (long) (window.getValue() - window.getKey() - delay));
        }
        System.out.printf(
                "%nlive: %d windows of 5 min, 1,000 locations: complete at most %.0f s after their"
                        + " delay's end; %.1f calls a minute%n",
                completed.size(), worst / 1e3, calls / (24 * 60.0));
    }

    private void ask(ExportSplit split, PermitKind kind) {
        long id = ++ids;
        splits.put(id, split);
        long key = split.exportKeys(config.kind()).get(0);
        quota.request(new PermitRequest(1, id, kind, key, split.start()));
    }

    private void answered(PermitRequest call) {
        ExportSplit split = splits.remove(call.id());
        int poll = polls.merge(call.exportKey(), 1, Integer::sum);
        boolean ready = poll == 3;
        quota.release(
                1,
                call.id(),
                CallResult.of(ready ? CallResult.Outcome.ENDED : CallResult.Outcome.BUILDING));
        if (!ready) {
            after(BUILD.dividedBy(2), () -> ask(split, PermitKind.POLL));
            return;
        }
        inFlight--;
        plan.learn(new ExportRead(1, 1, BUILD.toMillis()));
        long window = split.parts().get(0).end();
        if (unfinished.merge(window, -1, Integer::sum) == 0) {
            completed.put(window, clock.millis());
        }
    }

    private void after(Duration time, Runnable what) {
        later.computeIfAbsent(clock.millis() + time.toMillis(), t -> new ArrayList<>()).add(what);
    }

    private static final class SteppedClock extends Clock {
        private long now =
                LocalDateTime.parse("2023-01-01T00:00").toInstant(ZoneOffset.UTC).toEpochMilli();

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    }
}
