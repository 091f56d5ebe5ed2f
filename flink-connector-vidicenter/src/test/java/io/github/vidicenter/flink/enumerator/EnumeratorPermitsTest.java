package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.event.BuildsSeen;
import io.github.vidicenter.flink.event.PermitGranted;
import io.github.vidicenter.flink.event.PermitReleased;
import io.github.vidicenter.flink.event.PermitRequested;
import io.github.vidicenter.flink.event.ReaderFails;
import io.github.vidicenter.flink.quota.CallResult;
import io.github.vidicenter.flink.quota.PermitKind;
import io.github.vidicenter.flink.quota.PermitRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Permits on their way, and build times that go with them from reader to reader. */
class EnumeratorPermitsTest extends ThreeHours {

    @Test
    void callsArePermittedWithinTheLimits() {
        Job job = begin(1);
        job.register(0);
        job.hello(0, 100);
        for (long id = 1; id <= 3; id++) {
            job.say(0, new PermitRequested(new PermitRequest(100, id, PermitKind.START, id, 0)));
        }
        assertThat(job.events(0, PermitGranted.class))
                .extracting(PermitGranted::id)
                .containsExactly(1L, 2L);

        job.say(0, new PermitReleased(100, 1, CallResult.of(CallResult.Outcome.BUILDING)));
        assertThat(job.events(0, PermitGranted.class)).hasSize(3);
        assertThat(job.enumerator().snapshotState(1).building())
                .containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    void aReaderThatIsAboutToFailIsSentNothingMore() {
        Job job = begin(1);
        job.register(0);
        job.hello(0, 100);
        for (long id = 1; id <= 4; id++) {
            job.say(0, new PermitRequested(new PermitRequest(100, id, PermitKind.POLL, id, 0)));
        }
        int granted = job.events(0, PermitGranted.class).size();
        int told = job.times(0).size();

        job.say(0, new ReaderFails(100));
        job.finish(0, 100, job.assigned(0).get(0));

        assertThat(job.events(0, PermitGranted.class)).hasSize(granted);
        assertThat(job.times(0)).hasSize(told);
    }

    /** Its other splits may be downloading. */
    @Test
    void whatAReaderThatIsAboutToFailHasInFlightCountsUntilItIsOver() {
        Job job = begin(2);
        job.register(0);
        job.hello(0, 100);
        job.register(1);
        job.hello(1, 101);
        for (long id = 1; id <= 2; id++) {
            job.say(0, new PermitRequested(new PermitRequest(100, id, PermitKind.POLL, id, 0)));
        }
        job.say(1, new PermitRequested(new PermitRequest(101, 3, PermitKind.POLL, 3, 0)));

        job.say(0, new ReaderFails(100));
        nanos += Duration.ofSeconds(2).toNanos();
        job.tick();
        assertThat(job.events(1, PermitGranted.class)).isEmpty();

        job.say(0, new PermitReleased(100, 1, CallResult.of(CallResult.Outcome.ENDED)));
        assertThat(job.events(1, PermitGranted.class)).hasSize(1);
        job.unregister(0);
        job.tick();
        nanos += Duration.ofSeconds(2).toNanos();
        job.tick();
        assertThat(job.enumerator().snapshotState(1)).isNotNull();
        for (long id = 4; id <= 5; id++) {
            job.say(1, new PermitRequested(new PermitRequest(101, id, PermitKind.POLL, id, 0)));
        }
        assertThat(job.events(1, PermitGranted.class)).as("all is free again").hasSize(2);
    }

    @Test
    void aPermitForALostReaderGoesToTheNext() {
        Job job = begin(2);
        job.register(0);
        job.hello(0, 100);
        job.register(1);
        job.hello(1, 101);
        job.say(0, new PermitRequested(new PermitRequest(100, 1, PermitKind.START, 1, 0)));
        job.say(0, new PermitRequested(new PermitRequest(100, 2, PermitKind.START, 2, 0)));
        job.say(1, new PermitRequested(new PermitRequest(101, 3, PermitKind.START, 3, 0)));
        assertThat(job.events(1, PermitGranted.class)).isEmpty();

        job.unregister(0);
        job.tick();
        nanos += Duration.ofSeconds(1).toNanos();
        job.tick();

        assertThat(job.events(1, PermitGranted.class)).hasSize(1);
    }

    @Test
    void whatAReaderLearnsOfBuildTimesTheOthersHearAndThoseThatStartLater() {
        BuildsSeen first = new BuildsSeen(List.of(new BuildsSeen.Build(7, 24, 900, 1_000)));
        BuildsSeen second = new BuildsSeen(List.of(new BuildsSeen.Build(8, 24, 0, 2_000)));
        Job job = begin(3);
        job.register(0);
        job.hello(0, 100);
        job.register(1);
        job.hello(1, 101);
        job.say(0, first);
        job.say(1, second);
        assertThat(job.events(0, BuildsSeen.class)).containsExactly(second);
        assertThat(job.events(1, BuildsSeen.class)).containsExactly(first);

        job.register(2);
        job.hello(2, 102);
        assertThat(job.events(2, BuildsSeen.class))
                .flatExtracting(BuildsSeen::builds)
                .containsExactly(first.builds().get(0), second.builds().get(0));
    }

    @Test
    void aReaderThatIsGoneIsNotToldOfBuildTimes() {
        Job job = begin(2);
        job.register(0);
        job.hello(0, 100);
        job.register(1);
        job.hello(1, 101);
        job.unregister(1);
        job.say(0, new BuildsSeen(List.of(new BuildsSeen.Build(7, 24, 900, 1_000))));

        assertThat(job.events(1, BuildsSeen.class)).isEmpty();
    }

    @Test
    void aNewReaderHearsOfTheLatestBuildsOnly() {
        Job job = begin(2);
        job.register(0);
        job.hello(0, 100);
        for (int kind = 1; kind <= 1_000; kind++) {
            job.say(0, new BuildsSeen(List.of(new BuildsSeen.Build(kind, 24, 0, 1_000))));
        }
        job.register(1);
        job.hello(1, 101);

        assertThat(job.events(1, BuildsSeen.class))
                .singleElement()
                .satisfies(
                        told -> {
                            assertThat(told.builds()).hasSize(300);
                            assertThat(told.builds().get(299).kind()).isEqualTo(1_000);
                        });
    }
}
