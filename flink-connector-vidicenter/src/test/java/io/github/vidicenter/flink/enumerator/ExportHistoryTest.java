package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ExportHistoryTest {

    private static final long MILLION = 1_000_000;

    @Test
    void withoutHistoryTheAssumptionHolds() {
        assertThat(ExportHistory.NONE.cellsOf(MILLION, 0.1)).isEqualTo(10 * MILLION, within(1.0));
    }

    @Test
    void denserExportsMakeLaterOnesSmaller() {
        ExportHistory busy = ExportHistory.NONE.with(MILLION, 4 * MILLION, 0);

        assertThat(busy.cellsOf(MILLION, 1)).isCloseTo(250_000, Percentage.withPercentage(2));
    }

    @Test
    void quietNightsAreBelievedStepByStep() {
        ExportHistory night = ExportHistory.NONE.with(10 * MILLION, 1_000, 0);
        assertThat(night.cellsOf(MILLION, 0.1)).isEqualTo(20 * MILLION, within(1.0));

        ExportHistory day = night.with(20 * MILLION, 4 * MILLION, 0);
        assertThat(day.cellsOf(MILLION, 0.1)).isLessThan(8 * MILLION);
    }

    @Test
    void whatIsLongAgoIsForgotten() {
        ExportHistory history = ExportHistory.NONE;
        for (int i = 0; i < 100; i++) {
            history = history.with(MILLION, 9 * MILLION, 90_000);
        }
        for (int i = 0; i < 60; i++) {
            history = history.with(MILLION, MILLION, 10_000);
        }
        assertThat(history.cellsOf(MILLION, 1)).isCloseTo(MILLION, Percentage.withPercentage(5));
        assertThat(history.buildMillis()).isCloseTo(10_000, Percentage.withPercentage(5));
    }
}
