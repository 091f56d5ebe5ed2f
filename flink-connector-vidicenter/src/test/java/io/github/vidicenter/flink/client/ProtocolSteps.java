package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.ExportProtocol.Policy;
import io.github.vidicenter.flink.client.ExportProtocol.Situation;
import java.time.Duration;

/** Answers, and what the protocol makes of them. */
abstract class ProtocolSteps {

    static final Situation ALONE = new Situation(false, false, age -> 0);
    static final Situation DIVISIBLE = new Situation(true, false, age -> 0);
    static final Situation RECENT = new Situation(false, true, age -> 0);
    static final ExportProgress INITIAL = ExportProgress.initial();
    static final ExportBody BODY = new SpooledBody(new byte[0], false);
    static final long TIMEOUT = Duration.ofMinutes(30).toMillis();

    long now = 1_000_000;

    static ExportProtocol protocol(boolean reuseCached, boolean tokenMayChange) {
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

    Step next(ExportProgress before, Answer answer, Situation situation) {
        return protocol(false, false).next(before, answer, now, situation);
    }

    /** Goes through answers of which each is expected to make another call necessary. */
    ExportProgress after(Situation situation, Answer... answers) {
        ExportProgress progress = INITIAL;
        for (Answer answer : answers) {
            progress = ask(next(progress, answer, situation)).progress();
        }
        return progress;
    }

    ExportProgress restored(ExportProgress progress) {
        return progress.afterRestore(now, Duration.ofMillis(TIMEOUT));
    }

    static Step.Ask ask(Step step) {
        assertThat(step).isInstanceOf(Step.Ask.class);
        Step.Ask ask = (Step.Ask) step;
        assertThat(ask.forceRebuild()).isEqualTo(ask.progress().forceRebuild());
        return ask;
    }

    static void delivers(Step step, String creationDate) {
        assertThat(step).isInstanceOf(Step.Deliver.class);
        assertThat(((Step.Deliver) step).export()).isEqualTo(finished(creationDate));
    }

    static Step.Fail fails(Step step, boolean fatal) {
        assertThat(step).isInstanceOf(Step.Fail.class);
        assertThat(((Step.Fail) step).fatal()).isEqualTo(fatal);
        return (Step.Fail) step;
    }

    static Answer started() {
        return new Answer.Pending("started", null);
    }

    static Answer inProgress(String date) {
        return new Answer.Pending("in_progress", date);
    }

    static Answer finished(String date) {
        return new Answer.Finished(BODY, date, true);
    }

    static Answer failed(String date) {
        return new Answer.Failed("out of memory", date);
    }

    static Answer broken() {
        return new Answer.Broken("connection reset", null);
    }
}
