package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.split.ExportSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.junit.jupiter.api.Test;

/** Who gets which splits, and what is told of how far the scan is. */
class VidiCenterEnumeratorTest extends ThreeHours {

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
        assertThatThrownBy(() -> job.enumerator().handleSourceEvent(0, new SourceEvent() {}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
