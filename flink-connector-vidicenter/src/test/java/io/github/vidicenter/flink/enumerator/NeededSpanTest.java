package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.config.Narrowing;
import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.window.LocalTimes;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.LocalDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeededSpanTest {

    @ParameterizedTest(name = "{0} of [{1}, {2}) for [{3}, {4})")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            5m     | 2024-03-04T00:00 | 2024-03-05T00:00 | 2024-03-04T10:02 | 2024-03-04T11:00:01 | 2024-03-04T10:00    | 2024-03-04T11:05
            5m     | 2024-03-04T00:00 | 2024-03-05T00:00 | 2024-03-04T10:00 | 2024-03-04T11:00    | 2024-03-04T10:00    | 2024-03-04T11:00
            5m     | 2024-03-04T00:00 | 2024-03-05T00:00 | 2024-03-01T00:00 | 2024-04-01T00:00    | 2024-03-04T00:00    | 2024-03-05T00:00
            5m     | 2024-03-04T00:00 | 2024-03-05T00:00 | -                | 2024-03-04T01:00    | 2024-03-04T00:00    | 2024-03-04T01:00
            5m     | 2024-03-04T00:00 | -                | 2024-03-04T01:00 | -                   | 2024-03-04T01:00    | -
            5m     | 2024-03-04T00:00 | -                | -                | 2024-03-04T00:01    | 2024-03-04T00:00    | 2024-03-04T00:05
            5m     | 2024-03-04T00:00 | 2024-03-05T00:00 | 2025-01-01T00:00 | -                   | 2024-03-05T00:00    | 2024-03-05T00:00
            5m     | 2024-03-04T00:00 | 2024-03-05T00:00 | -                | 2023-01-01T00:00    | 2024-03-04T00:00    | 2024-03-04T00:00
            5m     | 2024-03-04T00:00 | -                | 2024-03-06T00:00 | 2024-03-05T00:00    | 2024-03-04T00:00    | 2024-03-04T00:00
            finest | 2024-03-04T00:00 | 2024-03-05T00:00 | 2024-03-04T10:02:03.5 | 2024-03-04T11:00:01.2 | 2024-03-04T10:02:03 | 2024-03-04T11:00:02
            1d     | 2024-03-04T00:00 | 2024-04-04T00:00 | 2024-03-05T12:00 | 2024-03-06T12:00    | 2024-03-05T00:00    | 2024-03-07T00:00
            7d     | 2024-03-06T00:00 | 2024-04-03T00:00 | 2024-03-14T00:00 | 2024-03-21T00:00    | 2024-03-13T00:00    | 2024-03-27T00:00
            1M     | 2024-01-01T00:00 | 2025-01-01T00:00 | 2024-02-29T00:00 | 2024-03-01T00:00:01 | 2024-02-01T00:00    | 2024-04-01T00:00
            1M     | 2024-01-01T00:00 | 2025-01-01T00:00 | 2024-03-01T00:00 | 2024-04-01T00:00    | 2024-03-01T00:00    | 2024-04-01T00:00
            """)
    void isWidenedToBucketsOfTheScan(
            String resolution,
            LocalDateTime start,
            LocalDateTime end,
            LocalDateTime from,
            LocalDateTime until,
            LocalDateTime expectedFrom,
            LocalDateTime expectedUntil) {
        NeededSpan span =
                span(resolution, start, end, new Narrowing(null, from, until, Long.MAX_VALUE));

        assertThat(span)
                .isEqualTo(
                        new NeededSpan(
                                LocalTimes.toMillis(expectedFrom),
                                expectedUntil == null
                                        ? Long.MAX_VALUE
                                        : LocalTimes.toMillis(expectedUntil)));
    }

    @Test
    void isEmptyWithoutIds() {
        NeededSpan span =
                span(
                        "5m",
                        LocalDateTime.parse("2024-03-04T00:00"),
                        null,
                        Narrowing.ofIds(Set.of(1L)));

        assertThat(span.from()).isEqualTo(span.until());
    }

    @Test
    void anUpperBoundEndsAStream() {
        Narrowing upperBound =
                new Narrowing(null, null, LocalDateTime.parse("2024-03-05T00:00"), Long.MAX_VALUE);
        OptionsOf options =
                OptionsOf.viewers()
                        .with("time-resolution", "1h")
                        .with("scan.start", "2024-03-04T00:00:00");

        assertThat(options.read().narrowed(upperBound).isBounded()).isTrue();
        options.with("scan.refresh.lookback", "1 d");
        assertThat(options.read().narrowed(upperBound).isBounded()).isTrue();
        assertThat(options.read().isBounded()).isFalse();
    }

    private static NeededSpan span(
            String resolution, LocalDateTime start, LocalDateTime end, Narrowing narrowing) {
        OptionsOf options =
                OptionsOf.viewers()
                        .with("time-resolution", resolution)
                        .with("scan.start", start + ":00");
        if (end != null) {
            options.with("scan.end", end + ":00");
        }
        VidiCenterConfig config = options.read().narrowed(narrowing);
        return NeededSpan.of(
                config,
                WindowGrid.of(config.kind().resolution(), config.scan().windowSize(), start, end));
    }
}
