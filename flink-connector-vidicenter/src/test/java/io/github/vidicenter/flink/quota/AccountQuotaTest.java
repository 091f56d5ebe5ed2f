package io.github.vidicenter.flink.quota;

import static io.github.vidicenter.flink.quota.CallResult.Outcome.BUILDING;
import static io.github.vidicenter.flink.quota.CallResult.Outcome.ENDED;
import static io.github.vidicenter.flink.quota.CallResult.Outcome.UNKNOWN;
import static io.github.vidicenter.flink.quota.PermitKind.FETCH;
import static io.github.vidicenter.flink.quota.PermitKind.POLL;
import static io.github.vidicenter.flink.quota.PermitKind.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountQuotaTest extends OneAccount {

    @Test
    void noMoreRequestsInFlightThanConnections() {
        ask(1, START, 1);
        ask(2, START, 2);
        ask(3, START, 3);
        assertThat(granted).containsExactly(1L, 2L);

        table.release(EPOCH, 1, CallResult.of(BUILDING));
        assertThat(granted).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aRequestThatBrokeOffIsInFlightForASecondMore() {
        ask(1, START, 1);
        ask(2, START, 2);
        table.release(EPOCH, 1, CallResult.of(UNKNOWN));
        ask(3, START, 3);
        pass(Duration.ofMillis(999));
        assertThat(granted).containsExactly(1L, 2L);
        assertThat(account.connectionsBusy()).isEqualTo(2);

        pass(Duration.ofMillis(1));
        assertThat(granted).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aCallCountsFromItsGrantUntilAMinuteAfterItsAnswer() {
        AccountQuota.Member slow = join(2, 3, 2);
        slow.request(new PermitRequest(EPOCH, 1, FETCH, 1, 0));
        slow.request(new PermitRequest(EPOCH, 2, FETCH, 2, 0));
        pass(Duration.ofSeconds(50));
        slow.release(EPOCH, 1, CallResult.of(ENDED));
        slow.release(EPOCH, 2, CallResult.of(ENDED));
        slow.request(new PermitRequest(EPOCH, 3, FETCH, 3, 0));

        pass(Duration.ofSeconds(59));
        assertThat(granted).doesNotContain(3L);
        pass(Duration.ofSeconds(1));
        assertThat(granted).contains(3L);
    }

    @Test
    void fetchesGoFirstThenStartsInTheOrderOfTimeThenPolls() {
        ask(1, POLL, 1);
        ask(2, POLL, 2);
        table.request(new PermitRequest(EPOCH, 3, POLL, 3, 0));
        table.request(new PermitRequest(EPOCH, 4, START, 4, 2_000));
        table.request(new PermitRequest(EPOCH, 5, START, 5, 1_000));
        table.request(new PermitRequest(EPOCH, 6, FETCH, 6, 9_000));
        for (long id : new long[] {1, 2, 6, 5, 4}) {
            table.release(EPOCH, id, CallResult.of(ENDED));
        }
        assertThat(granted).containsExactly(1L, 2L, 6L, 5L, 4L, 3L);
    }

    @Test
    void tooManyRequestsPauseTheWholeAccountForAsLongAsTheServerSays() {
        AccountQuota.Member other = join(50, 3, 2);
        ask(1, START, 1);
        table.release(EPOCH, 1, CallResult.throttled(10_000));
        other.request(new PermitRequest(2, 2, START, 2, 0));

        pass(Duration.ofMillis(9_999));
        assertThat(granted).doesNotContain(2L);
        pass(Duration.ofMillis(2_502));
        assertThat(granted).contains(2L);
        assertThat(account.slotsBusy()).as("a refused start takes no slot").isEqualTo(1);
    }

    @Test
    void withoutRetryAfterPausesGrowUntilAnAnswerComesThrough() {
        List<Duration> pauses = new ArrayList<>();
        for (long id = 1; id <= 8; id++) {
            ask(id, POLL, 1);
            Duration pause = Duration.ZERO;
            while (!granted.contains(id)) {
                pass(Duration.ofMillis(100));
                pause = pause.plusMillis(100);
            }
            pauses.add(pause);
            table.release(EPOCH, id, CallResult.throttled(-1));
        }
        assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1300));
        assertThat(pauses.get(3)).isBetween(Duration.ofSeconds(4), Duration.ofMillis(5100));
        assertThat(pauses.get(7)).isBetween(Duration.ofSeconds(60), Duration.ofMillis(75_100));
    }

    @Test
    void aLostReaderLeaksNeitherConnectionsNorWishesButItsExportsGoOnBuilding() {
        ask(1, START, 1);
        ask(2, START, 2);
        ask(3, START, 3);
        table.releaseEpoch(EPOCH);

        table.request(new PermitRequest(2, 4, START, 4, 0));
        table.request(new PermitRequest(2, 5, START, 5, 0));
        assertThat(granted).as("the server may not have noticed yet").containsExactly(1L, 2L);
        pass(Duration.ofSeconds(1));
        assertThat(granted).as("the wish 3 is gone, one slot is left").containsExactly(1L, 2L, 4L);
        assertThat(account.callsUsed()).isEqualTo(3);
    }

    @Test
    void aPermitThatDidNotArriveCostsNothing() {
        ask(1, START, 1);
        table.cancel(EPOCH, 1);

        assertThat(account.callsUsed()).isZero();
        assertThat(account.slotsBusy()).isZero();
    }

    @Test
    void afterARefusedStartNoMoreExportsAreTriedThanWereBuiltUntilTimeHasPassed() {
        ask(1, START, 1);
        table.release(EPOCH, 1, CallResult.of(BUILDING));
        ask(2, START, 2);
        table.release(EPOCH, 2, CallResult.throttled(0));
        ask(3, START, 3);
        pass(Duration.ofMinutes(1));
        assertThat(granted).doesNotContain(3L);

        pass(Allowance.RISE.dividedBy(3));
        assertThat(granted).contains(3L);
    }

    @Test
    void afterRefusedCallsThePaceIsHalvedAndRisesSlowly() {
        for (long id = 1; id <= 40; id++) {
            ask(id, POLL, 1);
            table.release(EPOCH, id, CallResult.of(BUILDING));
        }
        ask(41, POLL, 1);
        table.release(EPOCH, 41, CallResult.throttled(0));
        pass(Duration.ofMinutes(1).plusSeconds(1));
        assertThat(account.callsLeft()).isBetween(30, 31);

        pass(Allowance.RISE);
        assertThat(account.callsLeft()).isEqualTo(50);
    }

    @Test
    void tellsWhatCallsWaitFor() {
        ask(1, START, 1);
        ask(2, START, 2);
        ask(3, START, 3);
        assertThat(table.waiting(WaitCause.CONNECTION)).isEqualTo(1);
        table.release(EPOCH, 1, CallResult.of(BUILDING));
        table.release(EPOCH, 2, CallResult.of(BUILDING));
        table.release(EPOCH, 3, CallResult.of(BUILDING));
        ask(4, START, 4);
        assertThat(table.waiting(WaitCause.EXPORT_SLOT)).isEqualTo(1);
        assertThat(table.waiting(WaitCause.CONNECTION)).isZero();

        ask(5, POLL, 1);
        table.release(EPOCH, 5, CallResult.throttled(10_000));
        ask(6, POLL, 2);
        assertThat(table.waiting(WaitCause.PAUSE)).isEqualTo(2);
        assertThat(account.throttled()).isEqualTo(1);
    }

    /** Against a server that counts for itself: arrivals in 60 s, exports building, requests. */
    @Test
    void neverPassesALimitWhateverComes() {
        long seed = new Random().nextLong();
        System.out.println("AccountQuotaTest seed " + seed);
        Random random = new Random(seed);
        Map<Long, PermitRequest> open = new HashMap<>();
        Set<Long> building = new HashSet<>();
        Deque<Long> arrivals = new ArrayDeque<>();
        AccountQuota.Member client =
                account.join(
                        new VidiCenterConfig.Quota(50, 3, 2),
                        Duration.ofDays(1),
                        call -> {
                            granted.add(call.id());
                            open.put(call.id(), call);
                            arrivals.add(now);
                            if (call.kind() == START) {
                                building.add(call.exportKey());
                            }
                        });
        for (long id = 1; id <= 5_000; id++) {
            long key = 1 + random.nextInt(12);
            PermitKind kind = building.contains(key) ? POLL : START;
            client.request(new PermitRequest(EPOCH, id, kind, key, id));
            pass(Duration.ofMillis(random.nextInt(900)));
            arrivals.removeIf(arrival -> now - arrival >= CallBudget.MINUTE);
            assertThat(arrivals).as("calls in 60 s").hasSizeLessThanOrEqualTo(50);
            assertThat(open).as("requests in flight").hasSizeLessThanOrEqualTo(2);
            assertThat(building).as("exports").hasSizeLessThanOrEqualTo(3);
            for (PermitRequest call : List.copyOf(open.values())) {
                if (random.nextInt(3) == 0) {
                    open.remove(call.id());
                    boolean builds = building.contains(call.exportKey()) && random.nextBoolean();
                    if (!builds) {
                        building.remove(call.exportKey());
                    }
                    client.release(EPOCH, call.id(), CallResult.of(builds ? BUILDING : ENDED));
                }
            }
        }
        assertThat(granted).as("something was granted").hasSizeGreaterThan(500);
    }
}
