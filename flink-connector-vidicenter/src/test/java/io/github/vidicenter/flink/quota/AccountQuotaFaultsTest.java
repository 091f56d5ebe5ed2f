package io.github.vidicenter.flink.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Several tables whose readers are lost, whose jobs are cancelled, restored and lose their
 * JobManager, at random; against a server that counts for itself.
 */
class AccountQuotaFaultsTest {

    private static final VidiCenterConfig.Quota LIMITS = new VidiCenterConfig.Quota(50, 3, 2);
    private static final Duration EXPORT_TIMEOUT = Duration.ofMinutes(30);
    private static final Duration CACHED = Duration.ofMinutes(10);
    private static final int TABLES = 3;
    private static final int EXPORTS_AT_A_TIME = 4;
    private static final long SECOND = 1_000_000_000L;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Server server = new Server();
    private final List<Table> tables = new ArrayList<>();
    private AccountQuota account = new AccountQuota(() -> now());
    private long now;
    private long ids;
    private int ended;

    private long now() {
        return now;
    }

    @RepeatedTest(20)
    void neitherALimitIsPassedNorIsAnExportStuck() {
        System.out.println("AccountQuotaFaultsTest seed " + seed);
        for (int i = 0; i < TABLES; i++) {
            tables.add(new Table());
        }
        for (int step = 0; step < 5_000; step++) {
            pass(random.nextInt(700));
            tables.forEach(Table::step);
            fault();
        }
        assertThat(ended).as("exports that came to their end").isGreaterThan(50);

        tables.forEach(table -> table.wants = 0);
        for (int second = 0; second < EXPORT_TIMEOUT.toSeconds() + 120; second++) {
            pass(1_000);
            tables.forEach(Table::step);
        }
        assertThat(tables).allSatisfy(table -> assertThat(table.exports).isEmpty());
        assertThat(account.slotsBusy()).isZero();
        assertThat(account.connectionsBusy()).isZero();
    }

    private void pass(int millis) {
        now += millis * 1_000_000L;
        account.grant();
    }

    private void fault() {
        Table table = tables.get(random.nextInt(TABLES));
        switch (random.nextInt(1_000)) {
            case 0, 1, 2, 3, 4 -> table.checkpoint();
            case 5, 6, 7, 8 -> table.loseReader();
            case 9, 10 -> table.cancel();
            case 11, 12 -> table.failOver();
            case 13 -> loseJobManager();
            default -> {}
        }
    }

    private void loseJobManager() {
        tables.forEach(Table::dropCalls);
        account = new AccountQuota(() -> now());
        tables.forEach(Table::restore);
    }

    /** Builds take from 20 to 39 s, so that twice the shortest is longer than the longest. */
    private final class Server {
        private final List<Long> arrivals = new ArrayList<>();
        private final Map<Long, Long> builds = new HashMap<>();
        private final Map<Long, Long> finished = new HashMap<>();

        CallResult call(long exportKey) {
            arrivals.removeIf(arrival -> now - arrival >= CallBudget.MINUTE);
            arrivals.add(now);
            assertThat(arrivals).as("calls in 60 s").hasSizeLessThanOrEqualTo(50);
            finish();
            if (finished.containsKey(exportKey)) {
                return CallResult.of(CallResult.Outcome.ENDED);
            }
            builds.computeIfAbsent(exportKey, key -> now + (20 + random.nextInt(20)) * SECOND);
            assertThat(builds)
                    .as("exports being built")
                    .hasSizeLessThanOrEqualTo(LIMITS.concurrentExports());
            return CallResult.of(CallResult.Outcome.BUILDING);
        }

        private void finish() {
            finished.values().removeIf(end -> now - end > CACHED.toNanos());
            builds.forEach(
                    (key, end) -> {
                        if (end <= now) {
                            finished.put(key, end);
                        }
                    });
            builds.keySet().removeAll(finished.keySet());
        }
    }

    private static final class Export {
        private final long key;
        private PermitKind next = PermitKind.START;
        private long dueAt;
        private boolean asked;

        private Export(long key) {
            this.key = key;
        }

        private Export restored() {
            Export again = new Export(key);
            again.next = next;
            return again;
        }
    }

    private final class Call {
        private final PermitRequest request;
        private final Export export;
        private final long arrivesAt = now + random.nextInt(400) * 1_000_000L;
        private final long answeredAt = arrivesAt + random.nextInt(900) * 1_000_000L;
        private CallResult result;

        private Call(PermitRequest request, Export export) {
            this.request = request;
            this.export = export;
        }
    }

    private final class Table {
        private int wants = EXPORTS_AT_A_TIME;
        private final List<Export> exports = new ArrayList<>();
        private final Map<Long, Export> asked = new HashMap<>();
        private final List<Call> calls = new ArrayList<>();
        private AccountQuota.Member member = join();
        private long epoch = ++ids;
        private List<Export> savedExports = List.of();
        private Set<Long> savedBuilding = Set.of();

        private AccountQuota.Member join() {
            return account.join(LIMITS, EXPORT_TIMEOUT, this::granted);
        }

        private void granted(PermitRequest request) {
            calls.add(new Call(request, asked.remove(request.id())));
            assertThat(tables.stream().mapToInt(table -> table.calls.size()).sum())
                    .as("requests in flight")
                    .isLessThanOrEqualTo(LIMITS.connections());
        }

        void step() {
            for (Call call : List.copyOf(calls)) {
                proceed(call);
            }
            while (exports.size() < wants) {
                // Some that other tables ask for as well, and some that were built before.
                exports.add(new Export(random.nextInt(3) == 0 ? random.nextInt(50) : ++ids + 50));
            }
            for (Export export : exports) {
                if (!export.asked && export.dueAt <= now) {
                    export.asked = true;
                    long id = ++ids;
                    asked.put(id, export);
                    member.request(new PermitRequest(epoch, id, export.next, export.key, id));
                }
            }
        }

        private void proceed(Call call) {
            if (call.result == null && call.arrivesAt <= now) {
                call.result = server.call(call.export.key);
            }
            if (call.result == null || call.answeredAt > now) {
                return;
            }
            calls.remove(call);
            call.export.asked = false;
            call.export.dueAt = now + (1 + random.nextInt(20)) * SECOND;
            if (random.nextInt(50) == 0) {
                call.result = CallResult.of(CallResult.Outcome.UNKNOWN);
            } else if (call.result.outcome() == CallResult.Outcome.BUILDING) {
                call.export.next = PermitKind.POLL;
            } else {
                exports.remove(call.export);
                ended++;
            }
            member.release(epoch, call.request.id(), call.result);
        }

        void checkpoint() {
            savedExports = exports.stream().map(Export::restored).toList();
            savedBuilding = member.building();
        }

        /** Splits come back as they were in the last checkpoint, and those that it got since. */
        void loseReader() {
            dropCalls();
            member.releaseEpoch(epoch);
            epoch = ++ids;
            Map<Long, Export> held = new LinkedHashMap<>();
            exports.forEach(export -> held.put(export.key, new Export(export.key)));
            savedExports.forEach(export -> held.put(export.key, export));
            replaceExports(List.copyOf(held.values()));
        }

        /** Another query takes its place. */
        void cancel() {
            dropCalls();
            member.close();
            member = join();
            epoch = ++ids;
            replaceExports(List.of());
            checkpoint();
        }

        void failOver() {
            dropCalls();
            member.close();
            restore();
        }

        void restore() {
            member = join();
            epoch = ++ids;
            member.restore(savedBuilding);
            replaceExports(savedExports);
            Set<Long> held = new HashSet<>();
            exports.forEach(export -> held.add(export.key));
            member.restoredReadersHold(held);
        }

        private void replaceExports(List<Export> now) {
            exports.clear();
            now.forEach(export -> exports.add(export.restored()));
            asked.clear();
        }

        /** Of calls that were on their way some arrive. */
        void dropCalls() {
            for (Call call : calls) {
                if (call.result == null && random.nextBoolean()) {
                    server.call(call.export.key);
                }
            }
            calls.clear();
        }
    }
}
