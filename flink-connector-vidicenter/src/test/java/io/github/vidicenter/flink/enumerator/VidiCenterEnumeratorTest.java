package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.toMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.event.BuildsSeen;
import io.github.vidicenter.flink.event.PermitGranted;
import io.github.vidicenter.flink.event.PermitReleased;
import io.github.vidicenter.flink.event.PermitRequested;
import io.github.vidicenter.flink.event.ReaderFails;
import io.github.vidicenter.flink.event.ReaderHello;
import io.github.vidicenter.flink.event.SplitsFinished;
import io.github.vidicenter.flink.event.TimeReached;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.quota.CallResult;
import io.github.vidicenter.flink.quota.PermitKind;
import io.github.vidicenter.flink.quota.PermitRequest;
import io.github.vidicenter.flink.split.ExportSplit;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.junit.jupiter.api.Test;

/** Three locations over three hours, one location and hour per export, all of it past. */
class VidiCenterEnumeratorTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2024-03-06T12:00:00Z"), ZoneOffset.UTC);

    private final AccountQuota account = new AccountQuota(System::nanoTime);
    private final OptionsOf options =
            OptionsOf.viewers()
                    .with("locations", "1,2,3")
                    .with("scan.start", "2024-03-04T00:00:00")
                    .with("scan.end", "2024-03-04T03:00:00")
                    .with("scan.window.size", "1 h")
                    .with("scan.window.max-size", "1 h")
                    .with("scan.locations-per-export", "1");

    @Test
    void readersGetSplitsInTheOrderOfTimeOnceTheySaidHello() {
        Job job = begin(2);
        job.register(0);
        assertThat(job.assigned(0)).isEmpty();

        job.hello(0, 100);
        job.register(1);
        job.hello(1, 101);

        assertThat(job.assigned(0)).hasSize(3);
        assertThat(job.assigned(1)).hasSize(3);
        assertThat(Stream.concat(job.assigned(0).stream(), job.assigned(1).stream()))
                .extracting(ExportSplit::start)
                .containsExactly(at(0), at(0), at(0), at(1), at(1), at(1));
    }

    @Test
    void aSplitThatIsFinishedMakesRoomForTheNext() {
        Job job = begin(1);
        job.register(0);
        job.hello(0, 100);
        assertThat(job.assigned(0)).hasSize(6);

        job.finish(0, 100, job.assigned(0).get(0));

        assertThat(job.assigned(0)).hasSize(7);
    }

    @Test
    void watermarksFollowTheSlowestExport() {
        Job job = begin(1);
        job.register(0);
        job.hello(0, 100);
        assertThat(job.times(0)).containsExactly(at(0));

        job.finish(0, 100, job.assigned(0).get(1));
        job.finish(0, 100, job.assigned(0).get(2));
        job.finish(0, 100, job.assigned(0).get(3));
        assertThat(job.times(0)).containsExactly(at(0));

        job.finish(0, 100, job.assigned(0).get(0));
        assertThat(job.times(0)).containsExactly(at(0), at(1));
    }

    @Test
    void theEndIsToldToEveryReaderOnceAllIsEmitted() {
        Job job = begin(2);
        job.register(0);
        job.hello(0, 100);
        for (int i = 0; i < 9; i++) {
            assertThat(job.toldOfEnd(0)).isFalse();
            job.finish(0, 100, job.assigned(0).get(i));
        }
        assertThat(job.times(0)).endsWith(at(3));
        assertThat(job.toldOfEnd(0)).isTrue();

        job.register(1);
        job.hello(1, 101);
        assertThat(job.times(1)).containsExactly(at(3));
        assertThat(job.toldOfEnd(1)).isTrue();
    }

    @Test
    void readersThatFailTogetherAllHearTheTimeAgain() {
        Job job = begin(2);
        job.register(0);
        job.hello(0, 100);
        job.register(1);
        job.hello(1, 101);
        for (int subtask = 0; subtask < 2; subtask++) {
            List<ExportSplit> held = List.copyOf(job.assigned(subtask));
            job.unregister(subtask);
            job.enumerator.addSplitsBack(held, subtask);
        }
        int before = job.times(0).size();

        job.register(0);
        job.hello(0, 200);
        assertThat(job.times(0)).hasSize(before);
        job.register(1);
        job.hello(1, 201);

        assertThat(job.times(0)).hasSize(before + 1).endsWith(at(0));
        assertThat(job.times(1)).endsWith(at(0));
    }

    @Test
    void afterAFailoverNothingIsAnnouncedUntilTheReaderSaysWhatItHolds() {
        Job job = begin(2);
        job.register(0);
        job.hello(0, 100);
        job.register(1);
        job.hello(1, 101);
        List<ExportSplit> first = List.copyOf(job.assigned(0));
        List<ExportSplit> second = List.copyOf(job.assigned(1));
        job.finish(0, 100, first.get(0));
        job.finish(0, 100, first.get(1));
        job.finish(0, 100, first.get(2));
        assertThat(job.times(1)).containsExactly(at(0), at(1));

        // Its checkpoint held the second split; the first was assigned after it.
        job.unregister(0);
        job.enumerator.addSplitsBack(List.of(first.get(0)), 0);
        second.forEach(split -> job.finish(1, 101, split));
        assertThat(job.times(1)).containsExactly(at(0), at(1));

        job.register(0);
        job.hello(0, 200, first.get(1));
        assertThat(job.times(0)).endsWith(at(0));

        job.finish(0, 200, first.get(1));
        job.finish(0, 200, first.get(0));
        assertThat(job.times(0).get(job.times(0).size() - 1)).isGreaterThan(at(0));
    }

    @Test
    void whatAnEarlierAttemptSaysIsIgnored() {
        Job job = begin(1);
        job.register(0);
        job.hello(0, 100);
        List<ExportSplit> splits = List.copyOf(job.assigned(0));
        job.unregister(0);
        job.enumerator.addSplitsBack(splits, 0);
        job.register(0);
        job.hello(0, 200);

        splits.forEach(split -> job.finish(0, 100, split));

        assertThat(job.times(0)).containsOnly(at(0));
    }

    @Test
    void aRestoredEnumeratorWaitsForAllReadersAndGoesOnWhereItWas() throws Exception {
        Job before = begin(1);
        before.register(0);
        before.hello(0, 100);
        List<ExportSplit> held = List.copyOf(before.assigned(0));
        EnumeratorState state = before.enumerator.snapshotState(1);
        EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();
        state = serializer.deserialize(1, serializer.serialize(state));

        Job job = restore(2, state);
        job.register(0);
        job.hello(0, 200, held.get(0), held.get(1));
        assertThat(job.times(0)).isEmpty();
        job.register(1);
        job.hello(1, 201, held.get(2), held.get(3));
        assertThat(job.times(0)).containsExactly(at(0));

        List<ExportSplit> all = new ArrayList<>(held);
        job.finish(0, 200, held.get(0), held.get(1));
        job.finish(1, 201, held.get(2), held.get(3));
        for (int i = 0; i < job.assigned(0).size(); i++) {
            all.add(job.assigned(0).get(i));
            job.finish(0, 200, job.assigned(0).get(i));
        }
        for (int i = 0; i < job.assigned(1).size(); i++) {
            all.add(job.assigned(1).get(i));
            job.finish(1, 201, job.assigned(1).get(i));
        }
        assertThat(all).extracting(ExportSplit::splitId).doesNotHaveDuplicates().hasSize(9);
        assertThat(job.toldOfEnd(0)).isTrue();
    }

    @Test
    void splitsThatWereGivenBackAreInTheState() {
        Job job = begin(1);
        job.register(0);
        job.hello(0, 100);
        List<ExportSplit> splits = List.copyOf(job.assigned(0));
        job.unregister(0);
        job.enumerator.addSplitsBack(splits, 0);

        assertThat(job.enumerator.snapshotState(1).returned())
                .containsExactlyInAnyOrderElementsOf(splits);
    }

    @Test
    void stateOfAnotherScanIsRefusedNamingTheOption() {
        EnumeratorState state = begin(1).enumerator.snapshotState(1);
        options.with("scan.window.size", "2 h");

        assertThatThrownBy(() -> restore(1, state))
                .hasMessageContaining("'scan.window.size' was PT1H")
                .hasMessageContaining("PT2H");
    }

    @Test
    void aLaterEndIsAllowed() {
        EnumeratorState state = begin(1).enumerator.snapshotState(1);
        options.with("scan.end", "2024-03-04T04:00:00");

        assertThat(restore(1, state).enumerator.snapshotState(2).end()).isEqualTo(at(4));
    }

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
        assertThat(job.enumerator.snapshotState(1).building())
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

    @Test
    void flinkIsToldOfABacklogOncePerChange() {
        List<Boolean> told = new ArrayList<>();
        TestingSplitEnumeratorContext<ExportSplit> context =
                new TestingSplitEnumeratorContext<>(1) {
                    @Override
                    public void setIsProcessingBacklog(boolean backlog) {
                        told.add(backlog);
                    }
                };
        Job job = new Job(context, ScanPlan.begin(options.read(), CLOCK), null);
        job.register(0);
        job.hello(0, 100);
        job.tick();
        assertThat(told).containsExactly(true);

        for (int split = 0; split < 9; split++) {
            job.finish(0, 100, job.assigned(0).get(split));
        }
        assertThat(job.toldOfEnd(0)).isTrue();
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void anEventOfSomethingElseIsRefused() {
        Job job = begin(1);
        assertThatThrownBy(() -> job.enumerator.handleSourceEvent(0, new SourceEvent() {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static long at(int hour) {
        return toMillis(LocalDateTime.parse("2024-03-04T00:00").plusHours(hour));
    }

    private Job begin(int parallelism) {
        return new Job(parallelism, ScanPlan.begin(options.read(), CLOCK), null);
    }

    private Job restore(int parallelism, EnumeratorState state) {
        return new Job(parallelism, ScanPlan.resume(options.read(), state, CLOCK), state);
    }

    private final class Job {
        private final TestingSplitEnumeratorContext<ExportSplit> context;
        private final VidiCenterEnumerator enumerator;

        private Job(int parallelism, ScanPlan plan, EnumeratorState state) {
            this(new TestingSplitEnumeratorContext<>(parallelism), plan, state);
        }

        private Job(
                TestingSplitEnumeratorContext<ExportSplit> context,
                ScanPlan plan,
                EnumeratorState state) {
            this.context = context;
            enumerator =
                    new VidiCenterEnumerator(context, plan, account, SimulatedTopology.NONE, state);
            enumerator.start();
        }

        private void register(int subtask) {
            context.registerReader(subtask, "host");
            enumerator.addReader(subtask);
        }

        private void unregister(int subtask) {
            context.registeredReaders().remove(subtask);
        }

        private void hello(int subtask, long epoch, ExportSplit... held) {
            say(
                    subtask,
                    new ReaderHello(
                            epoch,
                            Stream.of(held)
                                    .map(s -> new ReaderHello.HeldSplit(s.splitId(), s.start()))
                                    .toList()));
        }

        private void finish(int subtask, long epoch, ExportSplit... splits) {
            say(
                    subtask,
                    new SplitsFinished(
                            epoch, Stream.of(splits).map(ExportSplit::splitId).toList(), 1));
        }

        private void say(int subtask, SourceEvent event) {
            enumerator.handleSourceEvent(subtask, event);
            context.getExecutorService().triggerAll();
        }

        private void tick() {
            context.triggerAllActions();
        }

        private List<ExportSplit> assigned(int subtask) {
            return context.getSplitAssignments().containsKey(subtask)
                    ? context.getSplitAssignments().get(subtask).getAssignedSplits()
                    : List.of();
        }

        private boolean toldOfEnd(int subtask) {
            return context.getSplitAssignments().containsKey(subtask)
                    && context.getSplitAssignments().get(subtask).hasReceivedNoMoreSplitsSignal();
        }

        private List<Long> times(int subtask) {
            return events(subtask, TimeReached.class).stream()
                    .map(TimeReached::localMillis)
                    .toList();
        }

        private <E> List<E> events(int subtask, Class<E> type) {
            return context.getSentEvents().getOrDefault(subtask, List.of()).stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }
    }
}
