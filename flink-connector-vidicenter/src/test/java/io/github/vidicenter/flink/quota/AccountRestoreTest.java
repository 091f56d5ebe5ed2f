package io.github.vidicenter.flink.quota;

import static io.github.vidicenter.flink.quota.CallResult.Outcome.ENDED;
import static io.github.vidicenter.flink.quota.PermitKind.POLL;
import static io.github.vidicenter.flink.quota.PermitKind.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a restored table brings with it, and what the account knows already. */
class AccountRestoreTest extends OneAccount {

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

    /** Without remembering each one. */
    @Test
    void howManyCallsCountAsSpentIsNoMatter() {
        AccountQuota.Member boundless = join(Integer.MAX_VALUE, 3, 2);
        table.close();
        boundless.restore(Set.of());
        boundless.request(new PermitRequest(EPOCH, 1, START, 1, 0));
        assertThat(granted).isEmpty();

        pass(Duration.ofMinutes(1));
        assertThat(granted).containsExactly(1L);
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

    /** As of a job that failed over, or that goes on from its savepoint. */
    @Test
    void exportsThatARestoredTableGoesOnWithKeepTheirSlots() {
        start(2, 4);
        Set<Long> building = table.building();
        table.close();
        AccountQuota.Member restored = join(50, 3, 2);
        restored.restore(building);
        restored.request(new PermitRequest(2, 5, START, 5, 0));

        pass(EXPORT_TIMEOUT.minusSeconds(1));
        assertThat(granted).doesNotContain(5L);
    }

    /** As of a savepoint that another cluster's job left behind. */
    @Test
    void restoredExportsThatTheAccountDoesNotKnowTakeSlots() {
        ask(1, START, 1);
        table.release(EPOCH, 1, CallResult.of(ENDED));
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
}
