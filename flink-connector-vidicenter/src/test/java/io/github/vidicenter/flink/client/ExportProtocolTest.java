package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.ExportProgress.Rebuild;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the first call to the last: what is asked again, cut, delivered, given up. */
class ExportProtocolTest extends ProtocolSteps {

    @Test
    void pollsUntilFinishedAndDelivers() {
        Step.Ask first = ask(next(INITIAL, started(), ALONE));
        assertThat(first.forceRebuild()).isFalse();
        assertThat(first.progress().asked()).isTrue();
        assertThat(first.progress().startedAt()).isEqualTo(now);
        assertThat(first.progress().polls()).isEqualTo(1);

        now += 5_000;
        Step.Ask second = ask(next(first.progress(), inProgress("d1"), ALONE));
        assertThat(second.progress().polls()).isEqualTo(2);
        assertThat(second.progress().startedAt()).isEqualTo(now - 5_000);

        Step delivered = next(second.progress(), finished("d1"), ALONE);
        delivers(delivered, "d1");
        assertThat(delivered.progress())
                .isEqualTo(new ExportProgress(true, 0, 0, 0, Rebuild.NONE, null, 0, 0, false));
    }

    @Test
    void aClockThatIsSetBackCountsFromThenOn() {
        ExportProgress building = after(ALONE, started());
        now -= 3_600_000;
        Step.Ask poll = ask(next(building, inProgress("d1"), ALONE));
        assertThat(poll.progress().startedAt()).isEqualTo(now);
        assertThat(poll.waitMillis()).isBetween(0L, 30_000L);
    }

    @Test
    void fetchesADeliveredExportAgainWithoutAFreshnessCheck() {
        ExportProgress delivered =
                next(after(RECENT, started()), finished("d1"), RECENT).progress();
        delivers(next(delivered, finished("d1"), RECENT), "d1");
    }

    // Failed exports

    @Test
    void retriesAFailedExportWithARebuildUntilNoAttemptIsLeft() {
        ExportProgress progress = INITIAL;
        for (int attempt = 1; attempt <= 4; attempt++) {
            progress = ask(next(progress, started(), ALONE)).progress();
            Step.Ask retry = ask(next(progress, failed("d" + attempt), ALONE));
            assertThat(retry.forceRebuild()).isTrue();
            assertThat(retry.waitMillis()).isGreaterThanOrEqualTo(1_000);
            progress = retry.progress();
            assertThat(progress.attempts()).isEqualTo(attempt);
            assertThat(progress.staleCreationDate()).isEqualTo("d" + attempt);
            assertThat(progress.startedAt()).isZero();
            assertThat(progress.polls()).isZero();
        }
        Step.Fail fail = fails(next(progress, failed("d5"), ALONE), false);
        assertThat(fail.reason()).contains("out of memory").contains("attempt 5 of 5");
    }

    /** It may have failed long ago, or for somebody else; at 'export.max-attempts' = '1' too. */
    @Test
    void aFailedExportInTheCacheIsNoAttempt() {
        for (ExportProgress fresh :
                new ExportProgress[] {INITIAL, ExportProgress.afterCut(5, true)}) {
            Step.Ask rebuild = ask(next(fresh, failed("d0"), DIVISIBLE));
            assertThat(rebuild.forceRebuild()).isTrue();
            assertThat(rebuild.waitMillis()).isEqualTo(1_000);
            assertThat(rebuild.progress().attempts()).isEqualTo(fresh.attempts());
            assertThat(next(rebuild.progress(), failed("d1"), DIVISIBLE).progress().attempts())
                    .isEqualTo(fresh.attempts() + 1);
        }
    }

    @Test
    void cutsAFailedExportWhenOneAttemptIsLeft() {
        ExportProgress third =
                after(DIVISIBLE, started(), failed("d1"), failed("d2"), failed("d3"));
        Step step = next(third, failed("d4"), DIVISIBLE);
        assertThat(step).isInstanceOf(Step.Cut.class);
        assertThat(((Step.Cut) step).reason()).contains("out of memory");
    }

    @Test
    void cutsAHalfAtItsFirstFailureAndGivesAllAttemptsToOneThatStandsAlone() {
        ExportProgress building =
                next(ExportProgress.afterCut(5, true), started(), DIVISIBLE).progress();
        assertThat(next(building, failed("d1"), DIVISIBLE)).isInstanceOf(Step.Cut.class);
        assertThat(ExportProgress.afterCut(5, false)).isEqualTo(INITIAL);
        assertThat(ExportProgress.afterCut(5, true).asked()).isFalse();
    }

    @Test
    void treatsATimeoutAsAFailure() {
        ExportProgress building = after(ALONE, started());
        now += TIMEOUT - 1;
        ask(next(building, inProgress("d1"), ALONE));
        now += 1;
        Step.Ask retry = ask(next(building, inProgress("d1"), ALONE));
        assertThat(retry.forceRebuild()).isTrue();
        assertThat(retry.progress().attempts()).isEqualTo(1);
        assertThat(retry.progress().staleCreationDate()).isEqualTo("d1");
        assertThat(retry.progress().startedAt()).isZero();

        ExportProgress last = new ExportProgress(true, 4, 0, 0, Rebuild.NONE, null, 1, 1, false);
        assertThat(fails(next(last, started(), ALONE), false).reason())
                .contains("'export.timeout'");
    }

    /** A savepoint may be taken up days later. */
    @Test
    void theTimeBeforeARestoreIsNoTimeOfTheExport() {
        ExportProgress building = after(ALONE, started());
        now += 2 * TIMEOUT;
        Step.Ask poll = ask(next(restored(building), started(), ALONE));
        assertThat(poll.forceRebuild()).isFalse();
        assertThat(poll.progress().attempts()).isZero();
        assertThat(poll.progress().startedAt()).isEqualTo(now);
    }

    @Test
    void deliversWhatIsFinishedAfterTheTimeout() {
        ExportProgress building = after(ALONE, started());
        now += 2 * TIMEOUT;
        delivers(next(building, finished("d1"), ALONE), "d1");
    }

    // Calls without a usable answer

    @Test
    void repeatsBrokenCallsWithGrowingWaitsAndGivesUp() {
        ExportProgress progress = INITIAL;
        long wait = 0;
        for (int failure = 1; failure <= 4; failure++) {
            Step.Ask again = ask(next(progress, broken(), ALONE));
            assertThat(again.forceRebuild()).isFalse();
            assertThat(again.waitMillis()).isGreaterThan(wait);
            wait = again.waitMillis();
            progress = again.progress();
            assertThat(progress.callFailures()).isEqualTo(failure);
        }
        assertThat(fails(next(progress, broken(), ALONE), false).reason())
                .contains("5 times")
                .contains("connection reset");
        assertThat(next(progress, broken(), DIVISIBLE)).isInstanceOf(Step.Cut.class);
    }

    @Test
    void anyValidAnswerResetsTheCountOfBrokenCalls() {
        assertThat(after(ALONE, broken(), broken(), started()).callFailures()).isZero();
        assertThat(after(ALONE, broken(), failed("d1")).callFailures()).isZero();
        assertThat(after(RECENT, finished("d1"), finished("d1"), broken(), finished("d1")))
                .extracting(ExportProgress::callFailures, ExportProgress::rebuild)
                .containsExactly(0, Rebuild.AWAITED);
    }

    @Test
    void throttledCallsNeverCountAndKeepWhatTheNextCallCarries() {
        ExportProgress progress = after(RECENT, finished("d1"));
        for (int i = 1; i <= 100; i++) {
            Step.Ask again = ask(next(progress, new Answer.Throttled(null), RECENT));
            assertThat(again.forceRebuild()).isTrue();
            assertThat(again.waitMillis()).isBetween(500L, 60_000L);
            progress = again.progress();
            assertThat(progress.callFailures()).isZero();
            assertThat(progress.throttles()).isEqualTo(i);
        }
        assertThat(ask(next(progress, started(), RECENT)).progress().throttles()).isZero();
    }

    @Test
    void waitsAsLongAsTheServerSays() {
        Answer throttled = new Answer.Throttled(Duration.ofSeconds(17));
        assertThat(ask(next(INITIAL, throttled, ALONE)).waitMillis()).isEqualTo(17_000);
    }

    // Final answers

    @Test
    void aRefusedTokenFailsTheJobAndNamesTheOption() {
        Answer unauthorized = new Answer.Unauthorized("HTTP 401: Invalid API Token");
        assertThat(fails(next(INITIAL, unauthorized, DIVISIBLE), true).reason())
                .contains("Invalid API Token")
                .contains("'token'");
    }

    @Test
    void aTokenFileIsReadOnceMoreAfterEachAnswerThatItWasGoodFor() {
        ExportProtocol protocol = protocol(false, true);
        Answer unauthorized = new Answer.Unauthorized("HTTP 401: Invalid API Token");
        ExportProgress due = after(RECENT, finished("d1"));

        Step.Ask reread = ask(protocol.next(due, unauthorized, now, RECENT));
        assertThat(reread.waitMillis()).isZero();
        assertThat(reread.forceRebuild()).isTrue();
        assertThat(
                        fails(protocol.next(reread.progress(), unauthorized, now, RECENT), true)
                                .reason())
                .contains("'token-file'");

        ExportProgress polling =
                ask(protocol.next(reread.progress(), started(), now, RECENT)).progress();
        ask(protocol.next(polling, unauthorized, now, RECENT));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410})
    void aRejectedRequestIsCutAtOnceOrFails(int status) {
        Answer rejected = new Answer.Rejected(status, "no such location");
        assertThat(next(INITIAL, rejected, DIVISIBLE)).isInstanceOf(Step.Cut.class);
        assertThat(fails(next(INITIAL, rejected, ALONE), false).reason())
                .contains("HTTP " + status)
                .contains("no such location");
    }

    @Test
    void aRedirectFailsTheJob() {
        Answer redirected = new Answer.Redirected(302, "redirected to https://elsewhere/");
        assertThat(fails(next(INITIAL, redirected, DIVISIBLE), true).reason())
                .contains("302")
                .contains("elsewhere")
                .contains("'url'");
    }
}
