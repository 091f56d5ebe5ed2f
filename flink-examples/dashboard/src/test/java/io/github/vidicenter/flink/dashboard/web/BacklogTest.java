package io.github.vidicenter.flink.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final LocalDateTime EIGHT = LocalDateTime.of(2024, 3, 4, 8, 0);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Backlog backlog = new Backlog(Duration.ofMinutes(15), Duration.ofMinutes(5));

    @Test
    void countsWindowsThatAreDue() {
        // 10:04: the window that ended at 10:00 is due a minute later.
        assertThat(backlog.read(BEGIN, EIGHT, EIGHT.plusMinutes(124)))
                .isEqualTo(new Backlog.Progress(7, 7, null));
        assertThat(backlog.read(BEGIN, EIGHT, EIGHT.plusMinutes(125)))
                .isEqualTo(new Backlog.Progress(8, 8, null));
    }

    @Test
    void estimatesByThePaceSoFar() {
        backlog.read(BEGIN, EIGHT, EIGHT.plusHours(10));
        // Five hours of nearly ten in 20 s.
        Backlog.Progress half =
                backlog.read(BEGIN.plusSeconds(20), EIGHT.plusHours(5), EIGHT.plusHours(10));

        assertThat(half.waiting()).isEqualTo(19);
        assertThat(half.due()).isEqualTo(39);
        assertThat(half.secondsLeft()).isEqualTo(19);
    }

    @Test
    void countsWhatComesDueMeanwhile() {
        backlog.read(BEGIN, EIGHT, EIGHT.plusHours(2).plusMinutes(5));
        // An hour was read and an hour came due: at this pace it never ends.
        assertThat(
                        backlog.read(
                                        BEGIN.plusSeconds(20),
                                        EIGHT.plusHours(1),
                                        EIGHT.plusHours(3).plusMinutes(5))
                                .secondsLeft())
                .isNull();
    }

    @Test
    void isDoneWhenAllIsRead() {
        backlog.read(BEGIN, EIGHT, EIGHT.plusHours(1).plusMinutes(5));
        assertThat(
                        backlog.read(
                                BEGIN.plusSeconds(1),
                                EIGHT.plusHours(1),
                                EIGHT.plusHours(1).plusMinutes(6)))
                .isEqualTo(new Backlog.Progress(0, 4, null));
    }

    @Test
    void forgetsThePaceOfLongAgo() {
        backlog.read(BEGIN, EIGHT, EIGHT.plusHours(10));
        backlog.read(BEGIN.plusSeconds(100), EIGHT.plusHours(1), EIGHT.plusHours(10));
        backlog.read(BEGIN.plusSeconds(110), EIGHT.plusHours(2), EIGHT.plusHours(10));

        // Two hours in the last minute; 9:55 is the last quarter that is due.
        Backlog.Progress progress =
                backlog.read(BEGIN.plusSeconds(160), EIGHT.plusHours(3), EIGHT.plusHours(10));
        assertThat(progress.secondsLeft()).isEqualTo(Math.round(60 * 6.75 / 2));
    }
}
