package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.toMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.config.OptionsOf;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ScanClockTest {

    private static final Duration DELAY = Duration.ofMinutes(5);

    @Test
    void aWindowIsDueWhenNowInTheDatasZoneIsAtItsEndPlusTheDelay() {
        String paris = "Europe/Paris";
        assertThat(isDue(paris, "2024-03-04T10:00", "2024-03-04T09:04:59Z")).isFalse();
        assertThat(isDue(paris, "2024-03-04T10:00", "2024-03-04T09:05:00Z")).isTrue();
        assertThat(isDue("Asia/Kathmandu", "2024-03-04T10:00", "2024-03-04T04:20:00Z")).isTrue();
        assertThat(isDue("Asia/Kathmandu", "2024-03-04T10:00", "2024-03-04T04:19:59Z")).isFalse();
    }

    @Test
    void anHourThatComesTwiceIsOverWhenItsSecondTimeIs() {
        String paris = "Europe/Paris";
        // 02:00 to 03:00 passes at 00:00Z and again at 01:00Z.
        assertThat(isDue(paris, "2024-10-27T02:30", "2024-10-27T00:40:00Z")).isFalse();
        assertThat(isDue(paris, "2024-10-27T02:30", "2024-10-27T01:35:00Z")).isTrue();
        assertThat(isDue(paris, "2024-10-27T02:00", "2024-10-27T00:05:00Z"))
                .as("nothing before 02:00 comes twice")
                .isTrue();
    }

    @Test
    void anHourThatIsLeftOutIsOverAtOnce() {
        assertThat(isDue("Europe/Paris", "2024-03-31T03:00", "2024-03-31T01:05:00Z")).isTrue();
        assertThat(isDue("Europe/Paris", "2024-03-31T02:00", "2024-03-31T01:05:00Z")).isTrue();
        assertThat(isDue("Europe/Paris", "2024-03-31T02:00", "2024-03-31T01:04:59Z")).isFalse();
    }

    @Test
    void aSimulatedClockRunsFromTheStartOfTheJob() {
        Instant origin = Instant.parse("2030-01-01T00:00:00Z");
        ScanClock clock =
                ScanClock.of(
                        OptionsOf.viewers()
                                .with("url", "http://localhost:1/")
                                .with("simulation.clock", "2024-03-04T00:00:00/1440")
                                .read()
                                .scan(),
                        origin,
                        Clock.fixed(origin.plusSeconds(10), ZoneOffset.UTC),
                        () -> null);

        assertThat(clock.now()).isEqualTo("2024-03-04T04:00:00");
        assertThat(clock.isDue(at("2024-03-04T03:55"), DELAY)).isTrue();
        assertThat(clock.isDue(at("2024-03-04T04:00"), DELAY)).isFalse();
    }

    @Test
    void whereEachLocationHasItsOwnTimeTheLatestDecides() {
        Clock wall = Clock.fixed(Instant.parse("2024-03-04T15:05:00Z"), ZoneOffset.UTC);
        ScanClock clock =
                ScanClock.of(
                        OptionsOf.viewers().with("time-zone", "location").read().scan(),
                        wall.instant(),
                        wall,
                        () -> ZoneOffset.ofHours(-5));

        assertThat(clock.now()).isEqualTo("2024-03-04T10:05:00");
        assertThat(clock.isDue(at("2024-03-04T10:00"), DELAY)).isTrue();
        assertThat(clock.isDue(at("2024-03-04T10:05"), DELAY)).isFalse();
        assertThat(clock.over(at("2024-03-04T10:00"), ZoneOffset.ofHours(1)))
                .isEqualTo("2024-03-04T09:00:00Z");
    }

    private static boolean isDue(String zone, String end, String now) {
        Clock wall = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
        return new ScanClock.Zoned(ZoneId.of(zone), wall).isDue(at(end), DELAY);
    }

    private static long at(String local) {
        return toMillis(LocalDateTime.parse(local));
    }
}
