package io.github.vidicenter.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.client.Token;
import io.github.vidicenter.flink.config.VidiCenterConfig.Decoding;
import io.github.vidicenter.flink.config.VidiCenterConfig.Protocol;
import io.github.vidicenter.flink.config.VidiCenterConfig.Quota;
import io.github.vidicenter.flink.config.VidiCenterConfig.Scan;
import io.github.vidicenter.flink.window.TimeResolution;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

    @Test
    void defaults() {
        VidiCenterConfig config = OptionsOf.viewers().read();

        assertThat(config.account().url())
                .isEqualTo(URI.create("https://vidicenter.quividi.com/api/v1/"));
        assertThat(config.account().username()).isEqualTo("me");
        assertThat(config.kind())
                .isEqualTo(
                        new ExportKind(
                                "viewers", TimeResolution.MINUTES_5, false, null, null, null));
        assertThat(config.selection())
                .isEqualTo(Selection.of(Selection.Kind.LOCATIONS, List.of(1056L, 1057L)));
        assertThat(config.scan())
                .isEqualTo(
                        new Scan(
                                false,
                                ScanBound.BeforeNow.NOW,
                                null,
                                Duration.ofMinutes(5),
                                Duration.ofDays(31),
                                Duration.ofMinutes(5),
                                null,
                                0,
                                null,
                                Duration.ofHours(1),
                                ZoneId.of("UTC"),
                                null));
        assertThat(config.protocol())
                .isEqualTo(
                        new Protocol(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(30),
                                5,
                                false,
                                false,
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(5)));
        assertThat(config.quota()).isEqualTo(new Quota(50, 3, 2));
        assertThat(config.decoding()).isEqualTo(new Decoding(false, false));
    }

    @Test
    void everyOptionIsRead() {
        VidiCenterConfig config =
                OptionsOf.viewers()
                        .with("url", "http://localhost:8080/api/v1")
                        .with("time-resolution", "1h")
                        .with("locations", " 3, 1 ,3")
                        .with("sites", "7")
                        .with("location-tags", "8")
                        .with("site-tags", "9")
                        .with("group-by-demographics", "true")
                        .with("scan.start", "2024-03-04T00:00:00")
                        .with("scan.end", "2024-03-05T00:00")
                        .with("scan.window.size", "2 h")
                        .with("scan.window.max-size", "7 d")
                        .with("scan.window.delay", "0 s")
                        .with("scan.locations-per-export", "40")
                        .with("time-zone", "Europe/Paris")
                        .with("poll.min-interval", "2 s")
                        .with("poll.max-interval", "3 s")
                        .with("export.timeout", "4 min")
                        .with("export.max-attempts", "6")
                        .with("export.on-failure", "skip")
                        .with("export.reuse-cached", "true")
                        .with("quota.requests-per-minute", "11")
                        .with("quota.concurrent-exports", "12")
                        .with("quota.connections", "13")
                        .with("http.connect-timeout", "14 s")
                        .with("http.request-timeout", "15 s")
                        .with("schema.allow-unknown-columns", "true")
                        .with("decode.ignore-parse-errors", "true")
                        .with("simulation.clock", "2024-03-04T06:00:00/1440")
                        .read();

        assertThat(config.account().url()).isEqualTo(URI.create("http://localhost:8080/api/v1/"));
        assertThat(config.kind())
                .isEqualTo(new ExportKind("viewers", TimeResolution.HOUR, true, null, null, null));
        assertThat(config.selection())
                .isEqualTo(new Selection(List.of(1L, 3L), List.of(7L), List.of(8L), List.of(9L)));
        assertThat(config.scan())
                .isEqualTo(
                        new Scan(
                                false,
                                new ScanBound.At(LocalDateTime.parse("2024-03-04T00:00:00")),
                                new ScanBound.At(LocalDateTime.parse("2024-03-05T00:00:00")),
                                Duration.ofHours(2),
                                Duration.ofDays(7),
                                Duration.ZERO,
                                null,
                                40,
                                null,
                                Duration.ofHours(1),
                                ZoneId.of("Europe/Paris"),
                                new SimulationClock(
                                        LocalDateTime.parse("2024-03-04T06:00:00"), 1440)));
        assertThat(config.protocol())
                .isEqualTo(
                        new Protocol(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofMinutes(4),
                                6,
                                true,
                                true,
                                Duration.ofSeconds(14),
                                Duration.ofSeconds(15)));
        assertThat(config.quota()).isEqualTo(new Quota(11, 12, 13));
        assertThat(config.decoding()).isEqualTo(new Decoding(true, true));
    }

    @Test
    void tokenIsReadAndNotShown() throws IOException {
        VidiCenterConfig config = OptionsOf.viewers().read();

        assertThat(config.account().token().read()).isEqualTo(OptionsOf.TOKEN);
        assertThat(config.toString()).doesNotContain(OptionsOf.TOKEN);
    }

    @Test
    void tokenFileIsNotOpenedAtPlanning() {
        VidiCenterConfig config =
                OptionsOf.viewers().without("token").with("token-file", "/only/on/nodes").read();

        assertThat(config.account().token()).isEqualTo(Token.inFile("/only/on/nodes"));
    }

    @Test
    void contentIdsAreWrittenInOneWay() {
        VidiCenterConfig config =
                OptionsOf.viewers()
                        .with("data-type", "viewers_apc")
                        .with("time-resolution", "finest")
                        .with("content-ids", "b, a,b")
                        .read();

        assertThat(config.kind().contentIds()).isEqualTo("a,b");
    }

    @Test
    void unknownDataTypeIsTakenWhereAllowed() {
        VidiCenterConfig config =
                OptionsOf.viewers()
                        .with("data-type", "brand_new")
                        .with("schema.allow-unknown-columns", "true")
                        .read();

        assertThat(config.kind().dataType()).isEqualTo("brand_new");
    }

    @Test
    void batchScanEndsNow() {
        assertThat(OptionsOf.viewers().with("scan.start", "-P7D").readBatch().scan().end())
                .isEqualTo(ScanBound.BeforeNow.NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "-P7D,PT168H",
        "-PT6H,PT6H",
        "-P1DT2H,PT26H",
        "P-2D,PT48H",
        "-P1M,P1M",
        "-P2W,P14D"
    })
    void startMayBeADurationBack(String value, String distance) {
        TemporalAmount expected =
                distance.startsWith("PT") ? Duration.parse(distance) : Period.parse(distance);

        assertThat(OptionsOf.viewers().with("scan.start", value).read().scan().start())
                .isEqualTo(new ScanBound.BeforeNow(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost/", "http://127.0.0.1:8080/api/v1/", "http://[::1]:1/"})
    void loopbackMayBePlainHttp(String url) {
        assertThat(OptionsOf.viewers().with("url", url).read().account().url())
                .isEqualTo(URI.create(url));
    }

    /** Options, {@code &}-separated, and what the refusal says; {@code ∅} removes an option. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            username=∅ | 'username' is missing. Set it to the name of the VidiCenter account.
            username=a:b | 'username' = 'a:b' holds a colon
            token=∅ | Exactly one of 'token' and 'token-file' is needed, and none is set: set 'token'
            token-file=/f | Exactly one of 'token' and 'token-file' is needed, and each is set: remove one of them.
            token= | 'token' is missing
            token=∅&token-file= | 'token-file' is missing
            url=http://vidicenter.quividi.com/api/v1/ | 'url' has to be an https URL, since credentials sent over http are revoked
            url=https://me:s3cr3t@host/ | 'url' can't hold credentials
            data-type=∅ | 'data-type' is missing
            data-type=viewrs | 'data-type' = 'viewrs' is not a known data type; one that is newer than the connector needs 'schema.allow-unknown-columns' = 'true'. Allowed: 'compass', 'content_plays',
            data-type=viewrs | Did you mean 'viewers'?
            data-type=Viewers-APC | Did you mean 'viewers_apc'?
            time-resolution=∅ | 'time-resolution' is missing
            time-resolution=1m | 'time-resolution' = '1m' does not exist (case matters). Allowed: 'finest', '5m', '10m', '15m', '30m', '1h', '1d', '7d', '30d', '1M'. Did you mean '1M'?
            time-resolution=FINEST | Did you mean 'finest'?
            time-resolution=5 min | 'time-resolution' = '5 min' does not exist
            data-type=ots&time-resolution=finest | 'time-resolution' = 'finest' does not exist for 'data-type' = 'ots'. Allowed: '5m', '10m', '15m', '30m', '1h', '1d', '7d', '30d', '1M'.
            data-type=viewers_apc | 'time-resolution' = '5m' does not exist for 'data-type' = 'viewers_apc'. Allowed: 'finest'.
            locations=∅ | Set at least one of 'locations', 'sites', 'location-tags' and 'site-tags'
            locations= | 'locations' = '' holds '', which is no id: write positive integers, separated by commas.
            locations=1,,2 | 'locations' = '1,,2' holds ''
            locations=1,x2 | 'locations' = '1,x2' holds 'x2', which is no id
            sites=0 | 'sites' = '0' holds '0', which is no id
            location-tags=-5 | 'location-tags' = '-5' holds '-5', which is no id
            site-tags=99999999999999999999 | 'site-tags' = '99999999999999999999' holds '99999999999999999999', which is no id
            locations=*,5 | 'locations' = '*,5' mixes '*' with ids: write '*' alone, or ids alone.
            sites=* | 'sites' = '*' holds '*', which is no id
            time-resolution=finest&group-by-demographics=true | 'group-by-demographics' = 'true' has no effect with 'data-type' = 'viewers' at 'time-resolution' = 'finest': leave it out. It is for aggregated 'proof_of_play_by_location',
            data-type=ots&group-by-demographics=true | 'group-by-demographics' = 'true' has no effect with 'data-type' = 'ots'
            group-by-demographics=maybe | 'group-by-demographics' can't be read
            content-ids=a | 'content-ids' = 'a' has no effect with 'data-type' = 'viewers': leave it out. It is for 'proof_of_play_by_location',
            data-type=viewers_apc&time-resolution=finest&content-ids=a,,b | 'content-ids' = 'a,,b' holds an empty id
            average-content-duration=10 | 'average-content-duration' = '10' has no effect with 'data-type' = 'viewers'
            extrapolation-amount=12 | 'extrapolation-amount' = '12' has no effect with 'data-type' = 'viewers'
            extrapolation-amount= | 'extrapolation-amount' = '' has no effect with 'data-type' = 'viewers'
            data-type=extrapolated_ots | 'extrapolation-amount' is missing
            data-type=im | 'time-resolution' = '5m' does not exist for 'data-type' = 'im'. Allowed: '1h'.
            data-type=new&schema.allow-unknown-columns=true&extrapolation-amount=0 | 'extrapolation-amount' = '0' is neither empty nor a positive integer
            data-type=new&schema.allow-unknown-columns=true&average-content-duration=-1 | 'average-content-duration' = '-1' is no positive number
            scan.start=P7D | 'scan.start' = 'P7D' is no time: write an ISO local date-time without an offset, such as '2018-01-29T00:00:00', or 'now', or a duration back from now, with its minus, such as '-P7D' or '-PT6H'.
            scan.start=2018-01-29T00:00:00Z | 'scan.start' = '2018-01-29T00:00:00Z' is no time
            scan.start=2018-01-29 | 'scan.start' = '2018-01-29' is no time
            scan.start=+12018-01-29T00:00:00 | is no time
            scan.end=-P7D | 'scan.end' = '-P7D' is no time: write an ISO local date-time without an offset, such as '2018-01-29T00:00:00', or 'now'.
            scan.window.delay=-1 s | 'scan.window.delay'
            scan.window.delay=soon | 'scan.window.delay' can't be read
            scan.window.max-size=0 s | 'scan.window.max-size' = '0 s' is too short: it is at least 1 ms.
            scan.locations-per-export=0 | 'scan.locations-per-export' = '0' is neither 'auto' nor a positive integer
            scan.locations-per-export=many | 'scan.locations-per-export' = 'many' is neither 'auto' nor a positive integer
            time-zone=Europe/Pari | 'time-zone' = 'Europe/Pari' is no zone: write a name such as 'Europe/Paris', an offset such as '+01:00', or 'location'. Did you mean 'Europe/Paris'?
            poll.min-interval=0 s | 'poll.min-interval' = '0 s' is too short
            poll.max-interval=500 ms | 'poll.min-interval' = '1 s' is longer than 'poll.max-interval', which is 500 ms
            export.timeout=0 s | 'export.timeout' = '0 s' is too short
            export.max-attempts=0 | 'export.max-attempts' = '0' is too small: it is at least 1.
            export.max-attempts=few | 'export.max-attempts' can't be read
            export.on-failure=skipp | 'export.on-failure' = 'skipp' does not exist. Allowed: 'fail', 'skip'. Did you mean 'skip'?
            quota.requests-per-minute=0 | 'quota.requests-per-minute' = '0' is too small
            quota.concurrent-exports=0 | 'quota.concurrent-exports' = '0' is too small
            quota.connections=-1 | 'quota.connections' = '-1' is too small
            http.connect-timeout=0 s | 'http.connect-timeout' = '0 s' is too short
            http.request-timeout=0 s | 'http.request-timeout' = '0 s' is too short
            simulation.clock=2024-03-04T00:00:00/1440 | 'simulation.clock' = '2024-03-04T00:00:00/1440' is only for a server on this machine
            url=http://localhost/&simulation.clock=2024-03-04T00:00:00 | is no clock: write '<ISO local date-time>/<factor>'
            url=http://localhost/&simulation.clock=2024-03-04T00:00:00/0 | is no clock
            url=http://localhost/&simulation.clock=2024-03-04T00:00:00/NaN | is no clock
            url=http://localhost/&simulation.clock=now/60 | is no clock
            locations=*&sites=1 | 'locations' = '*' stands for all active locations, and can't be set together with 'sites': set one of them.
            scan.window.upload-timeout=0 s | 'scan.window.upload-timeout' = '0 s' is too short
            scan.refresh.lookback=0 s | 'scan.refresh.lookback' = '0 s' is too short
            scan.refresh.lookback=1 d&scan.refresh.interval=0 s | 'scan.refresh.interval' = '0 s' is too short
            scan.refresh.lookback=1 d&scan.end=now | 'scan.refresh.lookback' = '1 d' is for scans that keep going, and this one ends
            scan.refresh.lookback=1 d&time-resolution=finest | 'scan.refresh.lookback' = '1 d' needs rows that form a full grid
            scan.refresh.lookback=1 d&export.reuse-cached=true | 'export.reuse-cached' = 'true' takes old exports as they are
            """)
    void refusals(String changes, String message) {
        OptionsOf options = OptionsOf.viewers();
        for (String change : changes.split("&")) {
            String[] option = change.split("=", 2);
            if (option[1].equals("∅")) {
                options.without(option[0]);
            } else {
                options.with(option[0], option[1]);
            }
        }

        assertThatThrownBy(options::read)
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining(OptionsOf.TOKEN);
    }
}
