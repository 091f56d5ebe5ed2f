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

class AccountQuotaTest {

    private static final long EPOCH = 1;
    private static final Duration EXPORT_TIMEOUT = Duration.ofMinutes(30);

    private long now;
    private final AccountQuota account = new AccountQuota(() -> now);
    private final List<Long> granted = new ArrayList<>();
    private final AccountQuota.Member table = join(50, 3, 2);

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
    void aSlotIsTakenFromTheStartUntilTheEndOfTheExportIsSeen() {
        for (long export = 1; export <= 4; export++) {
            ask(export, START, export);
            table.release(EPOCH, export, CallResult.of(BUILDING));
        }
        assertThat(granted).containsExactly(1L, 2L, 3L);

        ask(5, POLL, 2);
        table.release(EPOCH, 5, CallResult.of(BUILDING));
        assertThat(granted).doesNotContain(4L);
        ask(6, POLL, 2);
        table.release(EPOCH, 6, CallResult.of(ENDED));
        assertThat(granted).endsWith(6L, 4L);
    }

    /** As a restore may repeat it: the server could have forgotten the export, and start it. */
    @Test
    void aPollOfAnExportWhoseEndWasSeenNeedsASlotAgain() {
        ask(1, START, 1);
        table.release(EPOCH, 1, CallResult.of(ENDED));
        for (long export = 2; export <= 4; export++) {
            ask(export, START, export);
            table.release(EPOCH, export, CallResult.of(BUILDING));
        }
        ask(5, POLL, 1);
        assertThat(granted).doesNotContain(5L);

        ask(6, POLL, 2);
        table.release(EPOCH, 6, CallResult.of(ENDED));
        assertThat(granted).endsWith(6L, 5L);
    }

    @Test
    void aStartWhoseFateIsUnknownKeepsItsSlotUntilTheExportTimesOut() {
        for (long export = 1; export <= 3; export++) {
            ask(export, START, export);
            table.release(EPOCH, export, CallResult.of(UNKNOWN));
        }
        ask(4, START, 4);
        assertThat(granted).doesNotContain(4L);

        pass(EXPORT_TIMEOUT);
        assertThat(granted).contains(4L);
    }

    /** As of a cancelled query: nobody polls them, and the next query must not wait for that. */
    @Test
    void exportsOfAClosedTableHoldTheirSlotsForTwiceAsLongAsBuildsTook() {
        build(1, Duration.ofSeconds(40));
        startsThree();
        table.close();
        AccountQuota.Member next = join(50, 3, 2);
        next.request(new PermitRequest(2, 5, START, 5, 0));

        pass(Duration.ofSeconds(79));
        assertThat(granted).doesNotContain(5L);
        pass(Duration.ofSeconds(1));
        assertThat(granted).contains(5L);
    }

    /** What the server has at hand it does not build. */
    @Test
    void anExportThatWasFoundFinishedTellsNothingOfHowLongBuildsTake() {
        ask(1, START, 1);
        table.release(EPOCH, 1, CallResult.of(ENDED));
        startsThree();
        table.close();
        AccountQuota.Member next = join(50, 3, 2);
        next.request(new PermitRequest(2, 5, START, 5, 0));

        pass(Duration.ofSeconds(59));
        assertThat(granted).doesNotContain(5L);
    }

    /** As where a restored reader asks once more. */
    @Test
    void anExportThatWasStartedTwiceTellsNothingOfHowLongBuildsTake() {
        ask(1, START, 1);
        table.release(EPOCH, 1, CallResult.of(BUILDING));
        pass(Duration.ofSeconds(39));
        build(1, Duration.ofSeconds(1));
        startsThree();
        table.close();
        AccountQuota.Member next = join(50, 3, 2);
        next.request(new PermitRequest(2, 5, START, 5, 0));

        pass(Duration.ofSeconds(59));
        assertThat(granted).doesNotContain(5L);
    }

    @Test
    void aBuildLastsFromItsStartHoweverOftenItIsPolled() {
        ask(1, START, 1);
        table.release(EPOCH, 1, CallResult.of(BUILDING));
        for (long poll = 21; poll <= 24; poll++) {
            pass(Duration.ofSeconds(10));
            ask(poll, POLL, 1);
            table.release(EPOCH, poll, CallResult.of(poll < 24 ? BUILDING : ENDED));
        }
        startsThree();
        table.close();
        AccountQuota.Member next = join(50, 3, 2);
        next.request(new PermitRequest(2, 5, START, 5, 0));

        pass(Duration.ofSeconds(79));
        assertThat(granted).doesNotContain(5L);
    }

    /** As of a savepoint that another cluster's job left behind. */
    @Test
    void restoredExportsThatTheAccountDoesNotKnowTakeSlots() {
        build(1, Duration.ofSeconds(1));
        AccountQuota.Member restored = join(50, 3, 2);
        restored.restore(Set.of(7L, 8L, 9L));
        ask(5, START, 5);
        assertThat(granted).doesNotContain(5L);

        restored.request(new PermitRequest(2, 27, POLL, 7, 0));
        restored.release(2, 27, CallResult.of(ENDED));
        assertThat(granted).as("one is seen to have ended").contains(27L, 5L);
        restored.restoredReadersHold(Set.of(8L));
        assertThat(account.slotsBusy()).as("nobody has the third").isEqualTo(2);
    }

    @Test
    void exportsOfAClosedTableHoldTheirSlotsForAMinuteWhereNoBuildWasSeen() {
        startsThree();
        table.close();
        AccountQuota.Member next = join(50, 3, 2);
        next.request(new PermitRequest(2, 5, START, 5, 0));

        pass(Duration.ofSeconds(59));
        assertThat(granted).doesNotContain(5L);
        pass(Duration.ofSeconds(1));
        assertThat(granted).contains(5L);
    }

    /** As of a job that failed over, or that goes on from its savepoint. */
    @Test
    void exportsThatARestoredTableGoesOnWithKeepTheirSlots() {
        startsThree();
        Set<Long> building = table.building();
        table.close();
        AccountQuota.Member restored = join(50, 3, 2);
        restored.restore(building);
        restored.request(new PermitRequest(2, 5, START, 5, 0));

        pass(EXPORT_TIMEOUT.minusSeconds(1));
        assertThat(granted).doesNotContain(5L);
    }

    @Test
    void anExportThatAnotherTableWaitsForKeepsItsSlotWhenTheTableIsClosed() {
        AccountQuota.Member other = join(50, 1, 2);
        ask(1, START, 1);
        table.release(EPOCH, 1, CallResult.of(BUILDING));
        other.request(new PermitRequest(2, 2, START, 1, 0));
        other.release(2, 2, CallResult.of(BUILDING));
        table.close();
        other.request(new PermitRequest(2, 3, START, 3, 0));

        pass(Duration.ofMinutes(2));
        assertThat(granted).containsExactly(1L, 2L);
    }

    @Test
    void theSameRequestOfTwoTablesSharesASlot() {
        AccountQuota.Member other = join(50, 3, 2);
        for (long export = 1; export <= 3; export++) {
            ask(export, START, export);
            table.release(EPOCH, export, CallResult.of(BUILDING));
        }
        other.request(new PermitRequest(2, 77, START, 3, 0));
        assertThat(granted).contains(77L);
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
    void afterTheLossOfAllKnowledgeTheLastMinuteCountsAsSpentAndUnknownSlotsAsTaken() {
        table.restore(Set.of(1L));
        ask(1, START, 1);
        ask(2, START, 2);
        assertThat(granted).isEmpty();

        pass(Duration.ofMinutes(1));
        assertThat(granted).as("what is known to be building is asked first").containsExactly(1L);
        table.release(EPOCH, 1, CallResult.of(ENDED));
        assertThat(granted).containsExactly(1L, 2L);
    }

    @Test
    void aFailoverThatTheAccountLivedThroughSpendsNothing() {
        ask(1, START, 1);
        table.close();
        AccountQuota.Member again = join(50, 3, 2);
        again.restore(Set.of(1L));

        again.request(new PermitRequest(2, 2, START, 2, 0));
        assertThat(granted).containsExactly(1L, 2L);
        assertThat(account.slotsBusy()).isEqualTo(2);
    }

    @Test
    void buildingKnowsTheExportsOfTheTableThatHaveNotEnded() {
        ask(1, START, 1);
        ask(2, START, 2);
        table.release(EPOCH, 1, CallResult.of(BUILDING));
        table.release(EPOCH, 2, CallResult.of(ENDED));

        assertThat(table.building()).containsExactly(1L);
    }

    @Test
    void aRestoredExportThatNoReaderHasHoldsNoSlot() {
        table.restore(Set.of(1L, 2L));
        pass(Duration.ofMinutes(1));
        table.restoredReadersHold(Set.of(1L));
        assertThat(account.slotsBusy()).isEqualTo(1);

        ask(1, POLL, 1);
        table.release(EPOCH, 1, CallResult.of(ENDED));
        ask(3, START, 3);
        assertThat(granted).containsExactly(1L, 3L);
    }

    @Test
    void theExportsOfAllRestoredTablesAreKnown() {
        AccountQuota.Member other = join(50, 3, 2);
        table.restore(Set.of(1L));
        other.restore(Set.of(2L));

        assertThat(account.slotsBusy()).isEqualTo(2);
        assertThat(account.callsUsed()).as("the last minute is spent once").isEqualTo(50);
    }

    @Test
    void anExportThatIsBuiltAnewKeepsItsSlotForAllOfItsTime() {
        ask(1, START, 1);
        table.release(EPOCH, 1, CallResult.of(BUILDING));
        pass(EXPORT_TIMEOUT.minusSeconds(1));
        ask(2, START, 1);
        table.release(EPOCH, 2, CallResult.of(BUILDING));

        pass(Duration.ofMinutes(1));
        assertThat(account.slotsBusy()).isEqualTo(1);
    }

    @Test
    void aDownloadThatMayStartTheExportAnewNeedsASlot() {
        for (long export = 1; export <= 3; export++) {
            ask(export, START, export);
            table.release(EPOCH, export, CallResult.of(BUILDING));
        }
        ask(4, FETCH, 4);
        assertThat(granted).doesNotContain(4L);

        ask(5, POLL, 1);
        table.release(EPOCH, 5, CallResult.of(ENDED));
        assertThat(granted).endsWith(5L, 4L);
        table.release(EPOCH, 4, CallResult.of(ENDED));
        assertThat(account.slotsBusy()).isEqualTo(2);
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

    /** An export, and permits of that id. */
    private void build(long export, Duration time) {
        ask(export, START, export);
        table.release(EPOCH, export, CallResult.of(BUILDING));
        pass(time);
        ask(10 + export, POLL, export);
        table.release(EPOCH, 10 + export, CallResult.of(ENDED));
    }

    /** Permits and exports 2 to 4. */
    private void startsThree() {
        for (long export = 2; export <= 4; export++) {
            ask(export, START, export);
            table.release(EPOCH, export, CallResult.of(BUILDING));
        }
    }

    private void ask(long id, PermitKind kind, long exportKey) {
        table.request(new PermitRequest(EPOCH, id, kind, exportKey, id));
    }

    private void pass(Duration time) {
        now += time.toNanos();
        account.grant();
    }

    private AccountQuota.Member join(int calls, int exports, int connections) {
        return account.join(
                new VidiCenterConfig.Quota(calls, exports, connections),
                EXPORT_TIMEOUT,
                permit -> granted.add(permit.id()));
    }
}
