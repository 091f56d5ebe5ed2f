package io.github.vidicenter.flink.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.split.Fingerprints;
import io.github.vidicenter.flink.window.TimeResolution;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.junit.jupiter.api.Test;

/** Location 7, windows of an hour, four rows in each. */
class ChangesTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final ExportKind KIND =
            new ExportKind("viewers", TimeResolution.MINUTES_15, false, null, null, null);

    private final WindowGrid windows =
            WindowGrid.of(
                    TimeResolution.MINUTES_15,
                    Duration.ofHours(1),
                    LocalDateTime.parse("1970-01-01T00:00"),
                    null);
    private final Fingerprints known = new Fingerprints();
    private final MetricListener told = new MetricListener();
    private final ReaderMetrics metrics =
            new ReaderMetrics(InternalSourceReaderMetricGroup.mock(told.getMetricGroup()));

    @Test
    void theOrderOfRowsIsNoChange() {
        read(false, 1, 2, 3, 4).commit();
        Changes again = read(true, 4, 2, 1, 3);
        assertThat(again.isChanged(7, 0)).isFalse();
        again.commit();
        assertThat(known.revision(7, 0)).isZero();
    }

    @Test
    void aChangedRowChangesItsWindowAndCountsItsRevision() {
        read(false, 1, 2, 3, 4).commit();
        for (int revision = 1; revision <= 3; revision++) {
            Changes again = read(true, 1, 2, 3, 4 + revision);
            assertThat(again.isChanged(7, 0)).isTrue();
            assertThat(again.of(7, 0)).isEqualTo(revision);
            again.commit();
            assertThat(known.revision(7, 0)).isEqualTo(revision);
        }
        assertThat(read(true, 1, 2, 3, 7).isChanged(7, 0)).isFalse();
    }

    @Test
    void whatWasReadAgainAndWhatChangedIsCounted() {
        read(false, 1, 2, 3, 4).commit();
        assertThat(count("windowsReadAgain")).isZero();
        read(true, 1, 2, 3, 4).commit();
        read(true, 1, 2, 3, 5).commit();

        assertThat(count("windowsReadAgain")).isEqualTo(2);
        assertThat(count("windowsChanged")).isEqualTo(1);
    }

    private long count(String name) {
        return told.getCounter("vidicenter", name).orElseThrow().getCount();
    }

    @Test
    void rowsThatTradeTheirValuesAreAChange() {
        read(false, 10, 20, 30, 40).commit();
        assertThat(read(true, 11, 19, 30, 40).isChanged(7, 0)).isTrue();
        assertThat(read(true, 10, 20, 30, 40, 40).isChanged(7, 0)).isTrue();
    }

    @Test
    void whatWasNeverReadIsNewNotRevised() {
        Changes refresh = read(true, 1, 2, 3, 4);
        assertThat(refresh.isChanged(7, 0)).isTrue();
        assertThat(refresh.of(7, 0)).isZero();
    }

    @Test
    void nothingIsWrittenDownBeforeAllIsEmitted() {
        read(false, 1, 2, 3, 4);
        assertThat(known.size()).isZero();
    }

    @Test
    void windowsBeforeTheLookbackAreNotRemembered() {
        ExportPart day =
                ExportPart.toRead(
                        Selection.of(Selection.Kind.LOCATIONS, List.of(7L)), 0, 24 * HOUR, false);
        Changes changes =
                Changes.of(known, windows, ExportSplit.of(KIND, windows, day), 6 * HOUR, metrics);
        for (int hour = 0; hour < 24; hour++) {
            changes.note(7, hour * HOUR, hour);
        }
        changes.commit();
        assertThat(known.size()).isEqualTo(6);
        assertThat(known.revision(7, 18 * HOUR)).isZero();
    }

    private Changes read(boolean refresh, long... rowHashes) {
        ExportPart part =
                ExportPart.toRead(
                        Selection.of(Selection.Kind.LOCATIONS, List.of(7L)), 0, HOUR, true);
        ExportSplit split =
                refresh
                        ? ExportSplit.refresh(KIND, windows, part)
                        : ExportSplit.of(KIND, windows, part);
        Changes changes = Changes.of(known, windows, split, 24 * HOUR, metrics);
        for (int i = 0; i < rowHashes.length; i++) {
            changes.note(7, i * HOUR / 4 % HOUR, rowHashes[i]);
        }
        return changes;
    }
}
