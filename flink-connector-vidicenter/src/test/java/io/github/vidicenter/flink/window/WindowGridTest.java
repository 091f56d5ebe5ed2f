package io.github.vidicenter.flink.window;

import static io.github.vidicenter.flink.window.LocalTimes.fromMillis;
import static io.github.vidicenter.flink.window.LocalTimes.toMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowGridTest {

    @Test
    void windowsAreMultiplesOfTheSizeFromMidnightAndTheEndsMayBeShorter() {
        WindowGrid grid =
                grid(TimeResolution.MINUTES_5, "PT1H", "2024-03-04T10:20", "2024-03-04T12:05");

        assertThat(edges(grid))
                .containsExactly(
                        "2024-03-04T10:20",
                        "2024-03-04T11:00",
                        "2024-03-04T12:00",
                        "2024-03-04T12:05");
        assertThat(grid.count(grid.start(), grid.end())).isEqualTo(3);
    }

    @Test
    void aSizeThatDoesNotDivideADayStartsAnewAtMidnight() {
        WindowGrid grid = grid(TimeResolution.HOUR, "PT7H", "2024-02-28T14:00", "2024-03-01T00:00");

        assertThat(edges(grid))
                .containsExactly(
                        "2024-02-28T14:00",
                        "2024-02-28T21:00",
                        "2024-02-29T00:00",
                        "2024-02-29T07:00",
                        "2024-02-29T14:00",
                        "2024-02-29T21:00",
                        "2024-03-01T00:00");
        assertThat(grid.count(grid.start(), grid.end())).isEqualTo(6);
    }

    @Test
    void sizesOverADayCountFromTheFirstDay() {
        WindowGrid grid = grid(TimeResolution.DAY, "P2D", "2024-03-05T00:00", "2024-03-10T00:00");

        assertThat(edges(grid))
                .containsExactly(
                        "2024-03-05T00:00",
                        "2024-03-07T00:00",
                        "2024-03-09T00:00",
                        "2024-03-10T00:00");
        assertThat(grid.count(grid.start(), grid.end())).isEqualTo(3);
    }

    @Test
    void weeksCountFromTheStartAndMonthsAreCalendarMonths() {
        WindowGrid weeks =
                grid(TimeResolution.DAYS_7, "P7D", "2024-01-03T00:00", "2024-01-17T00:00");
        assertThat(edges(weeks))
                .containsExactly("2024-01-03T00:00", "2024-01-10T00:00", "2024-01-17T00:00");
        assertThat(
                        edges(
                                grid(
                                        TimeResolution.DAYS_7,
                                        "P14D",
                                        "2024-01-03T00:00",
                                        "2024-01-24T00:00")))
                .containsExactly("2024-01-03T00:00", "2024-01-17T00:00", "2024-01-24T00:00");

        WindowGrid months =
                grid(TimeResolution.MONTH, null, "2023-12-01T00:00", "2024-04-01T00:00");
        assertThat(edges(months))
                .containsExactly(
                        "2023-12-01T00:00",
                        "2024-01-01T00:00",
                        "2024-02-01T00:00",
                        "2024-03-01T00:00",
                        "2024-04-01T00:00");
        assertThat(months.count(months.start(), months.end())).isEqualTo(4);
        assertThat(fromMillis(months.endOf(at("2024-02-29T23:59:59"))))
                .hasToString("2024-03-01T00:00");
    }

    @Test
    void nowMeansTheWindowThatItLiesIn() {
        LocalDateTime now = LocalDateTime.parse("2024-03-04T10:23:45.678");

        assertThat(WindowGrid.startAt(TimeResolution.FINEST, Duration.ofMinutes(5), now))
                .hasToString("2024-03-04T10:20");
        assertThat(WindowGrid.startAt(TimeResolution.DAYS_30, Duration.ofDays(30), now))
                .hasToString("2024-03-04T00:00");
        assertThat(WindowGrid.startAt(TimeResolution.MONTH, null, now))
                .hasToString("2024-03-01T00:00");
    }

    @Test
    void bucketEdgesDoNotCutABucket() {
        LocalDateTime start = LocalDateTime.parse("2024-03-01T00:00");
        LocalDateTime now = LocalDateTime.parse("2024-03-14T10:23:45.678");

        assertThat(WindowGrid.bucketEdge(TimeResolution.FINEST, start, now))
                .hasToString("2024-03-14T10:23:45");
        assertThat(WindowGrid.bucketEdge(TimeResolution.HOUR, start, now))
                .hasToString("2024-03-14T10:00");
        assertThat(WindowGrid.bucketEdge(TimeResolution.DAYS_7, start, now))
                .hasToString("2024-03-08T00:00");
        assertThat(WindowGrid.bucketEdge(TimeResolution.MONTH, start, now))
                .hasToString("2024-03-01T00:00");
    }

    @Test
    void everyTimeLiesInTheWindowThatItNames() {
        for (TimeResolution resolution : TimeResolution.values()) {
            WindowGrid grid = grid(resolution, "P1D", "2024-01-01T00:00", null);
            for (long time = grid.start();
                    time < grid.start() + 40L * 86_400_000;
                    time += 7_777_777) {
                assertThat(grid.startOf(time)).isLessThanOrEqualTo(time);
                assertThat(grid.endOf(time)).isGreaterThan(time);
                assertThat(grid.endOf(grid.startOf(time))).isEqualTo(grid.endOf(time));
            }
        }
    }

    private static List<String> edges(WindowGrid grid) {
        List<String> edges = new ArrayList<>();
        for (long edge = grid.start(); edge < grid.end(); edge = grid.endOf(edge)) {
            assertThat(grid.startOf(edge)).isEqualTo(edge);
            edges.add(fromMillis(edge).toString());
        }
        edges.add(fromMillis(grid.end()).toString());
        return edges;
    }

    private static long at(String time) {
        return toMillis(LocalDateTime.parse(time));
    }

    private static WindowGrid grid(
            TimeResolution resolution, String size, String start, String end) {
        return WindowGrid.of(
                resolution,
                size == null ? null : Duration.parse(size),
                LocalDateTime.parse(start),
                end == null ? null : LocalDateTime.parse(end));
    }
}
