package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.split.ExportSplit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readers that are lost, and jobs that go on from a state. */
class EnumeratorRecoveryTest extends ThreeHours {

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
            job.enumerator().addSplitsBack(held, subtask);
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
        job.enumerator().addSplitsBack(List.of(first.get(0)), 0);
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
        job.enumerator().addSplitsBack(splits, 0);
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
        EnumeratorState state = before.enumerator().snapshotState(1);
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
        job.enumerator().addSplitsBack(splits, 0);

        assertThat(job.enumerator().snapshotState(1).returned())
                .containsExactlyInAnyOrderElementsOf(splits);
    }

    @Test
    void stateOfAnotherScanIsRefusedNamingTheOption() {
        EnumeratorState state = begin(1).enumerator().snapshotState(1);
        options.with("scan.window.size", "2 h");

        assertThatThrownBy(() -> restore(1, state))
                .hasMessageContaining("'scan.window.size' was PT1H")
                .hasMessageContaining("PT2H");
    }

    @Test
    void aLaterEndIsAllowed() {
        EnumeratorState state = begin(1).enumerator().snapshotState(1);
        options.with("scan.end", "2024-03-04T04:00:00");

        assertThat(restore(1, state).enumerator().snapshotState(2).end()).isEqualTo(at(4));
    }
}
