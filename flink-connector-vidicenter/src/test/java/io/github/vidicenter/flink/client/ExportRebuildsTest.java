package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.ExportProgress.Rebuild;
import org.junit.jupiter.api.Test;

/** When an export that is found built is taken as it is, when it is rebuilt, and just once. */
class ExportRebuildsTest extends ProtocolSteps {

    @Test
    void rebuildsOnceWhatIsFoundFinishedAndRecent() {
        Step.Ask rebuild = ask(next(INITIAL, finished("d1"), RECENT));
        assertThat(rebuild.forceRebuild()).isTrue();
        assertThat(rebuild.waitMillis()).isEqualTo(1_000);
        assertThat(rebuild.progress().attempts()).isZero();

        Step.Ask poll = ask(next(rebuild.progress(), started(), RECENT));
        assertThat(poll.forceRebuild()).isFalse();
        delivers(next(poll.progress(), finished("d2"), RECENT), "d2");
    }

    @Test
    void takesARebuiltExportThatIsReadyAtOnce() {
        delivers(next(after(RECENT, finished("d1")), finished("d2"), RECENT), "d2");
    }

    @Test
    void takesWhatIsFoundFinishedIfItIsOldOrMayBeReused() {
        delivers(next(INITIAL, finished("d1"), ALONE), "d1");
        delivers(protocol(true, false).next(INITIAL, finished("d1"), now, RECENT), "d1");
    }

    @Test
    void checksFreshnessAfterCallsThatCameToNothing() {
        Answer throttled = new Answer.Throttled(null);
        assertThat(after(RECENT, broken(), throttled, finished("d1")).forceRebuild()).isTrue();
    }

    @Test
    void takesWhatWasSeenBeingBuilt() {
        delivers(next(after(RECENT, inProgress("d1")), finished("d1"), RECENT), "d1");
    }

    // Rebuilds

    @Test
    void pollsOnWhileARebuildAnswersWithTheOldExport() {
        ExportProgress due = after(RECENT, finished("d1"));
        for (Answer old : new Answer[] {finished("d1"), failed("d1"), inProgress("d1")}) {
            Step.Ask poll = ask(next(due, old, RECENT));
            assertThat(poll.forceRebuild()).isFalse();
            assertThat(poll.progress().rebuild()).isEqualTo(Rebuild.AWAITED);
            assertThat(poll.progress().attempts()).isZero();
            assertThat(poll.progress().startedAt()).isEqualTo(now);
        }
    }

    @Test
    void knowsTheOldExportAlsoAfterTheNewOneWasSeenBeingBuilt() {
        ExportProgress building = after(RECENT, finished("d1"), started());
        Step.Ask poll = ask(next(building, finished("d1"), RECENT));
        assertThat(poll.forceRebuild()).isFalse();
        delivers(next(poll.progress(), finished("d2"), RECENT), "d2");
    }

    @Test
    void takesAnUndatedExportForNewOnceItWasSeenBeingBuilt() {
        ExportProgress due = after(RECENT, finished(null));
        ExportProgress awaited = ask(next(due, finished(null), RECENT)).progress();
        assertThat(awaited.rebuild()).isEqualTo(Rebuild.AWAITED);
        ExportProgress building = ask(next(awaited, started(), RECENT)).progress();
        delivers(next(building, finished(null), RECENT), null);
    }

    @Test
    void givesUpAnExportThatStaysTheOldOneUntilTheTimeout() {
        ExportProgress awaited = after(RECENT, finished("d1"), finished("d1"));
        now += TIMEOUT;
        Step.Ask again = ask(next(awaited, finished("d1"), RECENT));
        assertThat(again.forceRebuild()).isTrue();
        assertThat(again.progress().attempts()).isEqualTo(1);
        assertThat(again.progress().staleCreationDate()).isEqualTo("d1");
    }

    @Test
    void looksBeforeItRepeatsARebuildWhoseFateIsUnknown() {
        ExportProgress due = after(RECENT, finished("d1"));
        Step.Ask look = ask(next(due, broken(), RECENT));
        assertThat(look.forceRebuild()).isFalse();
        assertThat(look.progress().rebuild()).isEqualTo(Rebuild.IN_DOUBT);

        // It arrived:
        assertThat(ask(next(look.progress(), started(), RECENT)).progress().rebuild())
                .isEqualTo(Rebuild.NONE);
        delivers(next(look.progress(), finished("d2"), RECENT), "d2");

        // It did not:
        for (Answer old : new Answer[] {finished("d1"), finished(null), inProgress("d1")}) {
            Step.Ask again = ask(next(look.progress(), old, RECENT));
            assertThat(again.forceRebuild()).isTrue();
            assertThat(again.waitMillis()).isGreaterThanOrEqualTo(1_000);
        }
    }

    @Test
    void repeatsARebuildThatNeverArrivesNoMoreThanTheAttempts() {
        Step step = next(INITIAL, finished("d1"), RECENT);
        int forced = 0;
        while (step instanceof Step.Ask ask) {
            forced += ask.forceRebuild() ? 1 : 0;
            Answer answer = ask.forceRebuild() ? broken() : finished("d1");
            step = next(ask.progress(), answer, RECENT);
        }
        fails(step, false);
        assertThat(forced).isEqualTo(5);
    }

    @Test
    void looksBeforeItRepeatsARebuildThatWasDueAtACheckpoint() {
        ExportProgress due = after(RECENT, finished("d1"));
        ExportProgress restored = restored(due);
        assertThat(restored.forceRebuild()).isFalse();
        assertThat(ask(next(restored, finished("d1"), RECENT)).forceRebuild()).isTrue();
        delivers(next(restored, finished("d2"), RECENT), "d2");

        ExportProgress building = after(RECENT, started());
        assertThat(restored(building)).isEqualTo(building);
    }
}
