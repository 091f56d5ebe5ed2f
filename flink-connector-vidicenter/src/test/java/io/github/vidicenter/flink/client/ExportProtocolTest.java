package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.ExportProgress.Rebuild;
import io.github.vidicenter.flink.client.ExportProtocol.Policy;
import io.github.vidicenter.flink.client.ExportProtocol.Situation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportProtocolTest {

    private static final Situation ALONE = new Situation(false, false, age -> 0);
    private static final Situation DIVISIBLE = new Situation(true, false, age -> 0);
    private static final Situation RECENT = new Situation(false, true, age -> 0);
    private static final ExportProgress INITIAL = ExportProgress.initial();
    private static final ExportBody BODY = new SpooledBody(new byte[0], false);
    private static final long TIMEOUT = Duration.ofMinutes(30).toMillis();

    private long now = 1_000_000;

    private static ExportProtocol protocol(boolean reuseCached, boolean tokenMayChange) {
        return new ExportProtocol(
                new Policy(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(TIMEOUT),
                        5,
                        reuseCached,
                        tokenMayChange),
                () -> 0.999);
    }

    private Step next(ExportProgress before, Answer answer, Situation situation) {
        return protocol(false, false).next(before, answer, now, situation);
    }

    /** Goes through answers of which each is expected to make another call necessary. */
    private ExportProgress after(Situation situation, Answer... answers) {
        ExportProgress progress = INITIAL;
        for (Answer answer : answers) {
            progress = ask(next(progress, answer, situation)).progress();
        }
        return progress;
    }

    private static Step.Ask ask(Step step) {
        assertThat(step).isInstanceOf(Step.Ask.class);
        Step.Ask ask = (Step.Ask) step;
        assertThat(ask.forceRebuild()).isEqualTo(ask.progress().forceRebuild());
        return ask;
    }

    private static void delivers(Step step, String creationDate) {
        assertThat(step).isInstanceOf(Step.Deliver.class);
        assertThat(((Step.Deliver) step).body()).isSameAs(BODY);
        assertThat(((Step.Deliver) step).creationDate()).isEqualTo(creationDate);
    }

    private static Step.Fail fails(Step step, boolean fatal) {
        assertThat(step).isInstanceOf(Step.Fail.class);
        assertThat(((Step.Fail) step).fatal()).isEqualTo(fatal);
        return (Step.Fail) step;
    }

    private static Answer started() {
        return new Answer.Pending("started", null);
    }

    private static Answer inProgress(String date) {
        return new Answer.Pending("in_progress", date);
    }

    private static Answer finished(String date) {
        return new Answer.Finished(BODY, date);
    }

    private static Answer failed(String date) {
        return new Answer.Failed("out of memory", date);
    }

    private static Answer broken() {
        return new Answer.Broken("connection reset", null);
    }

    @Test
    void polls_until_finished_and_delivers() {
        Step.Ask first = ask(next(INITIAL, started(), ALONE));
        assertThat(first.forceRebuild()).isFalse();
        assertThat(first.progress().asked()).isTrue();
        assertThat(first.progress().startedAt()).isEqualTo(now);
        assertThat(first.progress().polls()).isEqualTo(1);

        now += 5_000;
        Step.Ask second = ask(next(first.progress(), inProgress("d1"), ALONE));
        assertThat(second.progress().polls()).isEqualTo(2);
        assertThat(second.progress().startedAt()).isEqualTo(now - 5_000);

        Step delivered = next(second.progress(), finished("d1"), ALONE);
        delivers(delivered, "d1");
        assertThat(delivered.progress())
                .isEqualTo(new ExportProgress(true, 0, 0, 0, Rebuild.NONE, null, 0, 0, false));
    }

    @Test
    void a_clock_that_is_set_back_counts_from_then_on() {
        ExportProgress building = after(ALONE, started());
        now -= 3_600_000;
        Step.Ask poll = ask(next(building, inProgress("d1"), ALONE));
        assertThat(poll.progress().startedAt()).isEqualTo(now);
        assertThat(poll.waitMillis()).isBetween(0L, 30_000L);
    }

    @Test
    void fetches_a_delivered_export_again_without_a_freshness_check() {
        ExportProgress delivered =
                next(after(RECENT, started()), finished("d1"), RECENT).progress();
        delivers(next(delivered, finished("d1"), RECENT), "d1");
    }

    // Freshness

    @Test
    void rebuilds_once_what_is_found_finished_and_recent() {
        Step.Ask rebuild = ask(next(INITIAL, finished("d1"), RECENT));
        assertThat(rebuild.forceRebuild()).isTrue();
        assertThat(rebuild.waitMillis()).isEqualTo(1_000);
        assertThat(rebuild.progress().attempts()).isZero();

        Step.Ask poll = ask(next(rebuild.progress(), started(), RECENT));
        assertThat(poll.forceRebuild()).isFalse();
        delivers(next(poll.progress(), finished("d2"), RECENT), "d2");
    }

    @Test
    void takes_a_rebuilt_export_that_is_ready_at_once() {
        delivers(next(after(RECENT, finished("d1")), finished("d2"), RECENT), "d2");
    }

    @Test
    void takes_what_is_found_finished_if_it_is_old_or_may_be_reused() {
        delivers(next(INITIAL, finished("d1"), ALONE), "d1");
        delivers(protocol(true, false).next(INITIAL, finished("d1"), now, RECENT), "d1");
    }

    @Test
    void checks_freshness_after_calls_that_came_to_nothing() {
        Answer throttled = new Answer.Throttled(null);
        assertThat(after(RECENT, broken(), throttled, finished("d1")).forceRebuild()).isTrue();
    }

    @Test
    void takes_what_was_seen_being_built() {
        delivers(next(after(RECENT, inProgress("d1")), finished("d1"), RECENT), "d1");
    }

    // Rebuilds

    @Test
    void polls_on_while_a_rebuild_answers_with_the_old_export() {
        ExportProgress due = after(RECENT, finished("d1"));
        for (Answer old : new Answer[] {finished("d1"), failed("d1"), inProgress("d1")}) {
            Step.Ask poll = ask(next(due, old, RECENT));
            assertThat(poll.forceRebuild()).isFalse();
            assertThat(poll.progress().rebuild()).isEqualTo(Rebuild.AWAITED);
            assertThat(poll.progress().attempts()).isZero();
            assertThat(poll.progress().startedAt()).isEqualTo(now);
        }
    }

    @Test
    void knows_the_old_export_also_after_the_new_one_was_seen_being_built() {
        ExportProgress building = after(RECENT, finished("d1"), started());
        Step.Ask poll = ask(next(building, finished("d1"), RECENT));
        assertThat(poll.forceRebuild()).isFalse();
        delivers(next(poll.progress(), finished("d2"), RECENT), "d2");
    }

    @Test
    void takes_an_undated_export_for_new_once_it_was_seen_being_built() {
        ExportProgress due = after(RECENT, finished(null));
        ExportProgress awaited = ask(next(due, finished(null), RECENT)).progress();
        assertThat(awaited.rebuild()).isEqualTo(Rebuild.AWAITED);
        ExportProgress building = ask(next(awaited, started(), RECENT)).progress();
        delivers(next(building, finished(null), RECENT), null);
    }

    @Test
    void gives_up_an_export_that_stays_the_old_one_until_the_timeout() {
        ExportProgress awaited = after(RECENT, finished("d1"), finished("d1"));
        now += TIMEOUT;
        Step.Ask again = ask(next(awaited, finished("d1"), RECENT));
        assertThat(again.forceRebuild()).isTrue();
        assertThat(again.progress().attempts()).isEqualTo(1);
        assertThat(again.progress().staleCreationDate()).isEqualTo("d1");
    }

    @Test
    void looks_before_it_repeats_a_rebuild_whose_fate_is_unknown() {
        ExportProgress due = after(RECENT, finished("d1"));
        Step.Ask look = ask(next(due, broken(), RECENT));
        assertThat(look.forceRebuild()).isFalse();
        assertThat(look.progress().rebuild()).isEqualTo(Rebuild.IN_DOUBT);

        // It arrived:
        assertThat(ask(next(look.progress(), started(), RECENT)).progress().rebuild())
                .isEqualTo(Rebuild.NONE);
        delivers(next(look.progress(), finished("d2"), RECENT), "d2");

        // It did not:
        for (Answer old : new Answer[] {finished("d1"), finished(null), inProgress("d1")}) {
            Step.Ask again = ask(next(look.progress(), old, RECENT));
            assertThat(again.forceRebuild()).isTrue();
            assertThat(again.waitMillis()).isGreaterThanOrEqualTo(1_000);
        }
    }

    @Test
    void repeats_a_rebuild_that_never_arrives_no_more_than_the_attempts() {
        Step step = next(INITIAL, finished("d1"), RECENT);
        int forced = 0;
        while (step instanceof Step.Ask ask) {
            forced += ask.forceRebuild() ? 1 : 0;
            Answer answer = ask.forceRebuild() ? broken() : finished("d1");
            step = next(ask.progress(), answer, RECENT);
        }
        fails(step, false);
        assertThat(forced).isEqualTo(5);
    }

    @Test
    void looks_before_it_repeats_a_rebuild_that_was_due_at_a_checkpoint() {
        ExportProgress due = after(RECENT, finished("d1"));
        ExportProgress restored = due.afterRestore();
        assertThat(restored.forceRebuild()).isFalse();
        assertThat(ask(next(restored, finished("d1"), RECENT)).forceRebuild()).isTrue();
        delivers(next(restored, finished("d2"), RECENT), "d2");

        ExportProgress building = after(RECENT, started());
        assertThat(building.afterRestore()).isSameAs(building);
    }

    // Failed exports

    @Test
    void retries_a_failed_export_with_a_rebuild_until_no_attempt_is_left() {
        ExportProgress progress = INITIAL;
        for (int attempt = 1; attempt <= 4; attempt++) {
            progress = ask(next(progress, started(), ALONE)).progress();
            Step.Ask retry = ask(next(progress, failed("d" + attempt), ALONE));
            assertThat(retry.forceRebuild()).isTrue();
            assertThat(retry.waitMillis()).isGreaterThanOrEqualTo(1_000);
            progress = retry.progress();
            assertThat(progress.attempts()).isEqualTo(attempt);
            assertThat(progress.staleCreationDate()).isEqualTo("d" + attempt);
            assertThat(progress.startedAt()).isZero();
            assertThat(progress.polls()).isZero();
        }
        Step.Fail fail = fails(next(progress, failed("d5"), ALONE), false);
        assertThat(fail.reason()).contains("out of memory").contains("attempt 5 of 5");
    }

    @Test
    void cuts_a_failed_export_when_one_attempt_is_left() {
        ExportProgress third =
                after(DIVISIBLE, failed("d1"), failed("d2"), started(), failed("d3"));
        Step step = next(third, failed("d4"), DIVISIBLE);
        assertThat(step).isInstanceOf(Step.Cut.class);
        assertThat(((Step.Cut) step).reason()).contains("out of memory");
    }

    @Test
    void cuts_a_half_at_its_first_failure_and_gives_all_attempts_to_one_that_stands_alone() {
        assertThat(next(ExportProgress.afterCut(5, true), failed("d1"), DIVISIBLE))
                .isInstanceOf(Step.Cut.class);
        assertThat(ExportProgress.afterCut(5, false)).isEqualTo(INITIAL);
        assertThat(ExportProgress.afterCut(5, true).asked()).isFalse();
    }

    @Test
    void treats_a_timeout_as_a_failure() {
        ExportProgress building = after(ALONE, started());
        now += TIMEOUT - 1;
        ask(next(building, inProgress("d1"), ALONE));
        now += 1;
        Step.Ask retry = ask(next(building, inProgress("d1"), ALONE));
        assertThat(retry.forceRebuild()).isTrue();
        assertThat(retry.progress().attempts()).isEqualTo(1);
        assertThat(retry.progress().staleCreationDate()).isEqualTo("d1");
        assertThat(retry.progress().startedAt()).isZero();

        ExportProgress last = new ExportProgress(true, 4, 0, 0, Rebuild.NONE, null, 1, 1, false);
        assertThat(fails(next(last, started(), ALONE), false).reason())
                .contains("'export.timeout'");
    }

    @Test
    void delivers_what_is_finished_after_the_timeout() {
        ExportProgress building = after(ALONE, started());
        now += 2 * TIMEOUT;
        delivers(next(building, finished("d1"), ALONE), "d1");
    }

    // Calls without a usable answer

    @Test
    void repeats_broken_calls_with_growing_waits_and_gives_up() {
        ExportProgress progress = INITIAL;
        long wait = 0;
        for (int failure = 1; failure <= 4; failure++) {
            Step.Ask again = ask(next(progress, broken(), ALONE));
            assertThat(again.forceRebuild()).isFalse();
            assertThat(again.waitMillis()).isGreaterThan(wait);
            wait = again.waitMillis();
            progress = again.progress();
            assertThat(progress.callFailures()).isEqualTo(failure);
        }
        assertThat(fails(next(progress, broken(), ALONE), false).reason())
                .contains("5 times")
                .contains("connection reset");
        assertThat(next(progress, broken(), DIVISIBLE)).isInstanceOf(Step.Cut.class);
    }

    @Test
    void any_valid_answer_resets_the_count_of_broken_calls() {
        assertThat(after(ALONE, broken(), broken(), started()).callFailures()).isZero();
        assertThat(after(ALONE, broken(), failed("d1")).callFailures()).isZero();
        assertThat(after(RECENT, finished("d1"), finished("d1"), broken(), finished("d1")))
                .extracting(ExportProgress::callFailures, ExportProgress::rebuild)
                .containsExactly(0, Rebuild.AWAITED);
    }

    @Test
    void throttled_calls_never_count_and_keep_what_the_next_call_carries() {
        ExportProgress progress = after(RECENT, finished("d1"));
        for (int i = 1; i <= 100; i++) {
            Step.Ask again = ask(next(progress, new Answer.Throttled(null), RECENT));
            assertThat(again.forceRebuild()).isTrue();
            assertThat(again.waitMillis()).isBetween(500L, 60_000L);
            progress = again.progress();
            assertThat(progress.callFailures()).isZero();
            assertThat(progress.throttles()).isEqualTo(i);
        }
        assertThat(ask(next(progress, started(), RECENT)).progress().throttles()).isZero();
    }

    @Test
    void waits_as_long_as_the_server_says() {
        Answer throttled = new Answer.Throttled(Duration.ofSeconds(17));
        assertThat(ask(next(INITIAL, throttled, ALONE)).waitMillis()).isEqualTo(17_000);
    }

    // Final answers

    @Test
    void a_refused_token_fails_the_job_and_names_the_option() {
        Answer unauthorized = new Answer.Unauthorized("HTTP 401: Invalid API Token");
        assertThat(fails(next(INITIAL, unauthorized, DIVISIBLE), true).reason())
                .contains("Invalid API Token")
                .contains("'token'");
    }

    @Test
    void a_token_file_is_read_once_more_after_each_answer_that_it_was_good_for() {
        ExportProtocol protocol = protocol(false, true);
        Answer unauthorized = new Answer.Unauthorized("HTTP 401: Invalid API Token");
        ExportProgress due = after(RECENT, finished("d1"));

        Step.Ask reread = ask(protocol.next(due, unauthorized, now, RECENT));
        assertThat(reread.waitMillis()).isZero();
        assertThat(reread.forceRebuild()).isTrue();
        assertThat(
                        fails(protocol.next(reread.progress(), unauthorized, now, RECENT), true)
                                .reason())
                .contains("'token-file'");

        ExportProgress polling =
                ask(protocol.next(reread.progress(), started(), now, RECENT)).progress();
        ask(protocol.next(polling, unauthorized, now, RECENT));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410})
    void a_rejected_request_is_cut_at_once_or_fails(int status) {
        Answer rejected = new Answer.Rejected(status, "no such location");
        assertThat(next(INITIAL, rejected, DIVISIBLE)).isInstanceOf(Step.Cut.class);
        assertThat(fails(next(INITIAL, rejected, ALONE), false).reason())
                .contains("HTTP " + status)
                .contains("no such location");
    }

    @Test
    void a_redirect_fails_the_job() {
        Answer redirected = new Answer.Redirected(302, "redirected to https://elsewhere/");
        assertThat(fails(next(INITIAL, redirected, DIVISIBLE), true).reason())
                .contains("302")
                .contains("elsewhere")
                .contains("'url'");
    }
}
