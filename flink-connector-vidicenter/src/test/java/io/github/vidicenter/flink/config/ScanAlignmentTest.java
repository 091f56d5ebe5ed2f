package io.github.vidicenter.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanAlignmentTest {

    @ParameterizedTest
    @CsvSource({
        "finest, 2024-03-04T10:11:12, 2024-03-04T10:11:13",
        "5m, 2024-03-04T10:05:00, 2024-03-04T10:10:00",
        "1h, 2024-03-04T10:00, 2024-03-05T00:00",
        "1d, 2024-03-04T00:00, 2024-03-05T00:00",
        "7d, 2024-02-28T00:00, 2024-03-06T00:00",
        "30d, 2024-02-01T00:00, 2024-03-02T00:00",
        "1M, 2024-02-01T00:00, 2024-03-01T00:00",
        // empty, but right
        "1h, 2024-03-04T10:00, 2024-03-04T10:00",
        // a start or an end that is aligned once now is known
        "5m, now, 2024-03-07T00:00",
        "7d, -P30D, 2024-03-07T00:00",
        "1M, 2024-02-01T00:00, now",
        // in the past of a start that was resolved when the job first started
        "5m, -P1D, 2024-03-01T00:00"
    })
    void alignedBoundsAreTaken(String resolution, String start, String end) {
        assertThatCode(() -> read(resolution, start, end)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            finest | 2024-03-04T10:00:00.5 | now | 'scan.start' = '2024-03-04T10:00:00.5' has to be a whole multiple of 1 s from midnight with the chosen 'time-resolution'. Nearest: '2024-03-04T10:00:00' and '2024-03-04T10:00:01'.
            5m | 2024-03-04T10:02:00 | now | 'scan.start' = '2024-03-04T10:02:00' has to be a whole multiple of 5 min from midnight with the chosen 'time-resolution'. Nearest: '2024-03-04T10:00:00' and '2024-03-04T10:05:00'.
            5m | 2024-03-04T10:00:00.000001 | now | Nearest: '2024-03-04T10:00:00' and '2024-03-04T10:05:00'.
            1h | 2024-03-04T10:00:00 | 2024-03-04T23:59:59 | 'scan.end' = '2024-03-04T23:59:59' has to be a whole multiple of 1 h from midnight with the chosen 'time-resolution'. Nearest: '2024-03-04T23:00:00' and '2024-03-05T00:00:00'.
            1d | 2024-03-04T12:00:00 | now | Nearest: '2024-03-04T00:00:00' and '2024-03-05T00:00:00'.
            7d | 2024-02-28T01:00:00 | now | 'scan.start' = '2024-02-28T01:00:00' has to be a midnight with the chosen 'time-resolution'. Nearest: '2024-02-28T00:00:00' and '2024-02-29T00:00:00'.
            7d | 2024-02-26T00:00:00 | 2024-03-05T00:00:00 | 'scan.end' = '2024-03-05T00:00:00' has to be 'scan.start', 2024-02-26T00:00:00, plus a whole multiple of 7 d with the chosen 'time-resolution'. Nearest: '2024-03-04T00:00:00' and '2024-03-11T00:00:00'.
            30d | 2024-01-01T00:00:00 | 2024-02-01T00:00:00 | Nearest: '2024-01-31T00:00:00' and '2024-03-01T00:00:00'.
            7d | -P30D | 2024-03-05T01:00:00 | 'scan.end' = '2024-03-05T01:00:00' has to be a midnight
            1M | 2024-02-02T00:00:00 | now | 'scan.start' = '2024-02-02T00:00:00' has to be the 1st of a month at midnight with the chosen 'time-resolution'. Nearest: '2024-02-01T00:00:00' and '2024-03-01T00:00:00'.
            1M | 2024-02-01T00:00:00 | 2024-03-01T00:00:01 | Nearest: '2024-03-01T00:00:00' and '2024-04-01T00:00:00'.
            5m | 2024-03-04T10:00:00 | 2024-03-04T09:55:00 | 'scan.start' = '2024-03-04T10:00:00' is after 'scan.end', which is 2024-03-04T09:55:00: start earlier or end later.
            5m | 2024-03-06T12:05:00 | now | 'scan.start' = '2024-03-06T12:05:00' is after 'scan.end', which is 2024-03-06T12:00:00
            """)
    void misalignedBoundsAreRefused(String resolution, String start, String end, String message) {
        assertThatThrownBy(() -> read(resolution, start, end))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void nowIsReadInTheDatasZone() {
        OptionsOf options =
                OptionsOf.viewers()
                        .with("scan.start", "2024-03-06T13:00:00")
                        .with("scan.end", "now");

        assertThatThrownBy(options::read).hasMessageContaining("is after 'scan.end'");
        assertThatCode(options.with("time-zone", "Europe/Paris")::read).doesNotThrowAnyException();
    }

    /** Where it may be later than UTC; the job knows, once it has the offsets. */
    @Test
    void nowIsNotKnownWhereEachLocationHasItsOwnTime() {
        OptionsOf options =
                OptionsOf.viewers()
                        .with("time-zone", "location")
                        .with("scan.start", "2024-03-07T01:00:00")
                        .with("scan.end", "now");

        assertThatCode(options::read).doesNotThrowAnyException();
        assertThatThrownBy(options.with("scan.start", "2024-03-07T03:00:00")::read)
                .hasMessageContaining("is after 'scan.end'");
    }

    @Test
    void nowIsThatOfTheSimulatedClock() {
        OptionsOf options =
                OptionsOf.viewers()
                        .with("url", "http://localhost/")
                        .with("simulation.clock", "2018-01-29T00:00:00/60")
                        .with("scan.start", "2018-01-29T00:05:00")
                        .with("scan.end", "now");

        assertThatThrownBy(options::read)
                .hasMessageContaining("is after 'scan.end', which is 2018-01-29T00:00:00");
    }

    @ParameterizedTest
    @CsvSource({
        "5m, , 5 min, 31 d",
        "1h, , 1 h, 31 d",
        "1d, , 1 d, 31 d",
        "finest, , 5 min, 31 d",
        "finest, 61 s, 61 s, 31 d",
        // what does not divide a day leaves a shorter window before midnight
        "1h, 5 h, 5 h, 31 d",
        "1h, 60 d, 60 d, 60 d"
    })
    void windowSizes(String resolution, String size, String expected, String expectedMax) {
        OptionsOf options = OptionsOf.viewers().with("time-resolution", resolution);
        if (size != null) {
            options.with("scan.window.size", size);
        }
        VidiCenterConfig.Scan scan = options.read().scan();

        assertThat(OptionValues.text(scan.windowSize())).isEqualTo(expected);
        assertThat(OptionValues.text(scan.windowMaxSize())).isEqualTo(expectedMax);
    }

    @Test
    void smallerMaxSizeMeansTheWindowSize() {
        assertThat(
                        OptionsOf.viewers()
                                .with("scan.window.size", "1 h")
                                .with("scan.window.max-size", "1 min")
                                .read()
                                .scan()
                                .windowMaxSize())
                .isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"7d, 7, 31", "30d, 30, 31"})
    void longBucketsMakeLongWindows(String resolution, int size, int max) {
        OptionsOf options = OptionsOf.viewers().with("time-resolution", resolution);
        assertThat(options.read().scan().windowSize()).isEqualTo(Duration.ofDays(size));
        assertThat(options.read().scan().windowMaxSize()).isEqualTo(Duration.ofDays(max));

        options.with("scan.window.size", 2 * size + " d");

        assertThat(options.read().scan().windowSize()).isEqualTo(Duration.ofDays(2 * size));
    }

    @Test
    void aWindowOfMonthsIsAMonth() {
        OptionsOf options = OptionsOf.viewers().with("time-resolution", "1M");
        assertThat(options.read().scan().windowSize()).isNull();

        assertThatThrownBy(() -> options.with("scan.window.size", "60 d").read())
                .hasMessageContaining(
                        "'scan.window.size' = '60 d' can't be set with 'time-resolution' = '1M',"
                                + " where a window is a month: leave it out.");
        options.without("scan.window.size");
        assertThatThrownBy(() -> options.with("scan.window.max-size", "60 d").read())
                .hasMessageContaining("'scan.window.max-size' = '60 d' can't be set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            finest | 59 s | 'scan.window.size' = '59 s' is too short for 'time-resolution' = 'finest': it is at least '1 min'.
            finest | 90500 ms | Nearest: '90 s' and '91 s'.
            5m | 1 min | 'scan.window.size' = '1 min' is too short for 'time-resolution' = '5m': it is at least '5 min'.
            10m | 25 min | 'scan.window.size' = '25 min' is no whole multiple of 10 min, the bucket of 'time-resolution' = '10m'. Nearest: '20 min' and '30 min'.
            7d | 10 d | 'scan.window.size' = '10 d' is no whole multiple of 7 d, the bucket of 'time-resolution' = '7d'. Nearest: '7 d' and '14 d'.
            1d | 12 h | it is at least '1 d'
            """)
    void misalignedWindowSizesAreRefused(String resolution, String size, String message) {
        OptionsOf options =
                OptionsOf.viewers()
                        .with("time-resolution", resolution)
                        .with("scan.window.size", size);

        assertThatThrownBy(options::read)
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(message);
    }

    private static void read(String resolution, String start, String end) {
        OptionsOf.viewers()
                .with("time-resolution", resolution)
                .with("scan.start", start)
                .with("scan.end", end)
                .read();
    }
}
