package io.github.vidicenter.flink.quota;

import static io.github.vidicenter.flink.quota.CallResult.Outcome.BUILDING;
import static io.github.vidicenter.flink.quota.CallResult.Outcome.ENDED;
import static io.github.vidicenter.flink.quota.CallResult.Outcome.UNKNOWN;
import static io.github.vidicenter.flink.quota.PermitKind.FETCH;
import static io.github.vidicenter.flink.quota.PermitKind.POLL;
import static io.github.vidicenter.flink.quota.PermitKind.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long an export holds its slot. */
class AccountSlotsTest extends OneAccount {

    @Test
    void aSlotIsTakenFromTheStartUntilTheEndOfTheExportIsSeen() {
        start(1, 4);
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
        start(2, 4);
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

    @Test
    void anExportThatIsGivenUpHoldsItsSlotForAsLongAsBuildsTakeAtMost() {
        for (long export = 1; export <= 3; export++) {
            ask(export, START, export);
            table.release(EPOCH, export, CallResult.of(UNKNOWN).last());
        }
        ask(4, START, 4);
        assertThat(granted).doesNotContain(4L);

        pass(Duration.ofMinutes(1));
        assertThat(granted).contains(4L);
    }

    /** Its windows are all earlier. */
    @Test
    void aBackfillLeavesALiveTableItsTurn() {
        AccountQuota.Member live = join(50, 3, 2);
        start(1, 6);
        live.request(new PermitRequest(2, 100, START, 100, 1_000));
        live.request(new PermitRequest(2, 101, START, 101, 1_001));
        assertThat(granted).containsExactly(1L, 2L, 3L);

        ask(7, POLL, 1);
        table.release(EPOCH, 7, CallResult.of(ENDED));
        assertThat(granted).endsWith(7L, 100L);
        live.release(2, 100, CallResult.of(BUILDING));
        ask(8, POLL, 2);
        table.release(EPOCH, 8, CallResult.of(ENDED));
        assertThat(granted).as("one each, so the earlier").endsWith(8L, 4L);
        table.release(EPOCH, 4, CallResult.of(BUILDING));
        live.request(new PermitRequest(2, 102, POLL, 100, 0));
        live.release(2, 102, CallResult.of(ENDED));
        assertThat(granted).endsWith(102L, 101L);
    }

    /** As by a token that was changed in mid-run. */
    @Test
    void aPollThatIsTurnedAwayLeavesTheExportItsSlot() {
        start(1, 3);
        ask(4, POLL, 1);
        table.release(EPOCH, 4, CallResult.of(new Answer.Unauthorized("HTTP 401")));
        ask(5, START, 4);
        assertThat(granted).doesNotContain(5L);

        ask(6, POLL, 1);
        table.release(EPOCH, 6, CallResult.of(ENDED));
        assertThat(granted).endsWith(6L, 5L);
    }

    @Test
    void aStartThatIsTurnedAwayHasTakenNoSlot() {
        start(1, 2);
        ask(3, START, 3);
        table.release(EPOCH, 3, CallResult.of(new Answer.Unauthorized("HTTP 401")));
        ask(4, START, 4);
        assertThat(granted).endsWith(4L);
    }

    @Test
    void theSameRequestOfTwoTablesSharesASlot() {
        AccountQuota.Member other = join(50, 3, 2);
        start(1, 3);
        other.request(new PermitRequest(2, 77, START, 3, 0));
        assertThat(granted).contains(77L);
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
        start(1, 3);
        ask(4, FETCH, 4);
        assertThat(granted).doesNotContain(4L);

        ask(5, POLL, 1);
        table.release(EPOCH, 5, CallResult.of(ENDED));
        assertThat(granted).endsWith(5L, 4L);
        table.release(EPOCH, 4, CallResult.of(ENDED));
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

    /** As of a cancelled query: nobody polls them, and the next query must not wait for that. */
    @Test
    void exportsOfAClosedTableHoldTheirSlotsForTwiceAsLongAsBuildsTook() {
        build(1, Duration.ofSeconds(40));
        closedWhileThreeAreBuilt();

        pass(Duration.ofSeconds(79));
        assertThat(granted).doesNotContain(5L);
        pass(Duration.ofSeconds(1));
        assertThat(granted).contains(5L);
    }

    @Test
    void exportsOfAClosedTableHoldTheirSlotsForAMinuteWhereNoBuildWasSeen() {
        closedWhileThreeAreBuilt();

        pass(Duration.ofSeconds(59));
        assertThat(granted).doesNotContain(5L);
        pass(Duration.ofSeconds(1));
        assertThat(granted).contains(5L);
    }

    /** What the server has at hand it does not build. */
    @Test
    void anExportThatWasFoundFinishedTellsNothingOfHowLongBuildsTake() {
        ask(1, START, 1);
        table.release(EPOCH, 1, CallResult.of(ENDED));
        closedWhileThreeAreBuilt();

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
        closedWhileThreeAreBuilt();

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
        closedWhileThreeAreBuilt();

        pass(Duration.ofSeconds(79));
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

    /** An export, and permits of that id. */
    private void build(long export, Duration time) {
        ask(export, START, export);
        table.release(EPOCH, export, CallResult.of(BUILDING));
        pass(time);
        ask(10 + export, POLL, export);
        table.release(EPOCH, 10 + export, CallResult.of(ENDED));
    }

    /** The table is closed while exports 2 to 4 are built; another one asks for export 5. */
    private void closedWhileThreeAreBuilt() {
        start(2, 4);
        table.close();
        AccountQuota.Member next = join(50, 3, 2);
        next.request(new PermitRequest(2, 5, START, 5, 0));
    }
}
