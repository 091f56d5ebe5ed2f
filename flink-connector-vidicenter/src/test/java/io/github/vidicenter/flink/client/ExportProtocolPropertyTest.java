package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.ExportProtocol.Policy;
import io.github.vidicenter.flink.client.ExportProtocol.Situation;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs the protocol against a model of the server with random faults, delays and lags. */
class ExportProtocolPropertyTest {

    private static final int RUNS = 20_000;
    private static final int MAX_ATTEMPTS = 3;
    private static final long TIMEOUT = 60_000;

    @Test
    void neverTakesTheOldExportNeverRebuildsTwiceAlwaysEnds() {
        long seed = System.nanoTime();
        int delivered = 0;
        for (int run = 0; run < RUNS; run++) {
            try {
                delivered += run(new Random(seed + run)) ? 1 : 0;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + (seed + run), e);
            }
        }
        assertThat(delivered).as("seed %d", seed).isBetween(RUNS / 10, RUNS - 1);
    }

    private static boolean run(Random random) {
        Situation situation =
                new Situation(
                        random.nextBoolean(), random.nextBoolean(), age -> random.nextInt(20_000));
        ExportProtocol protocol =
                new ExportProtocol(
                        new Policy(
                                Duration.ofMillis(500),
                                Duration.ofSeconds(10),
                                Duration.ofMillis(TIMEOUT),
                                MAX_ATTEMPTS,
                                random.nextBoolean(),
                                random.nextBoolean()),
                        random::nextDouble);
        Server server = new Server(random);
        ExportProgress progress = ExportProgress.initial();
        boolean forced = false;
        int replaced = 0;
        int outdated = 0;
        boolean seenAtWork = false;
        for (int calls = 0; calls < 2_000; calls++) {
            Answer answer = server.ask(forced);
            Step step = protocol.next(progress, answer, server.now, situation);
            if (step instanceof Step.Deliver deliver) {
                assertThat(deliver.export()).isSameAs(answer);
                assertThat(server.shown).as("not an outdated one").isGreaterThan(outdated);
                return true;
            } else if (!(step instanceof Step.Ask)) {
                return false;
            }
            Step.Ask ask = (Step.Ask) step;
            seenAtWork |= answer instanceof Answer.Pending && server.shown > replaced;
            if (decidesToRebuild(progress, ask)) {
                replaced = server.shown;
                // One that timed out and is finished late after all is as good as another.
                outdated = answer instanceof Answer.Pending ? outdated : replaced;
                seenAtWork = false;
            }
            progress =
                    random.nextInt(10) == 0
                            ? ask.progress().afterRestore(server.now, Duration.ofMillis(TIMEOUT))
                            : ask.progress();
            forced = progress.forceRebuild();
            assertThat(forced && seenAtWork).as("force_rebuild on a poll").isFalse();
            assertThat(ask.waitMillis()).isBetween(0L, 60_000L);
            server.now += ask.waitMillis();
        }
        throw new AssertionError("did not end");
    }

    /** As opposed to making the call of an earlier decision once more. */
    private static boolean decidesToRebuild(ExportProgress before, Step.Ask ask) {
        return ask.forceRebuild()
                && (ask.progress().attempts() > before.attempts()
                        || before.rebuild() == ExportProgress.Rebuild.NONE);
    }

    /**
     * Builds one export at a time, and may show the one before for a while. Exports have numbers,
     * which with the second of their start are their creation dates.
     */
    private static final class Server {
        private final Random random;
        private final boolean dated;
        private final int faultPercent;
        private final int failPercent;
        long now = 1_000_000;
        int export;
        int shown;
        private boolean seenAtWork;
        private String date;
        private String dateBefore;
        private boolean failedBefore;
        private boolean fails;
        private long readyAt;
        private int lag;

        Server(Random random) {
            this.random = random;
            this.dated = random.nextInt(4) > 0;
            this.faultPercent = random.nextInt(60);
            this.failPercent = random.nextInt(100);
            if (random.nextBoolean()) {
                start();
                readyAt = now;
            }
        }

        Answer ask(boolean forced) {
            boolean fault = random.nextInt(100) < faultPercent;
            if (fault && random.nextInt(3) == 0) {
                return new Answer.Throttled(null);
            }
            boolean arrives = !fault || random.nextBoolean();
            if (arrives && (forced || export == 0)) {
                start();
            }
            return fault ? new Answer.Broken("reset", null) : answer();
        }

        private Answer answer() {
            // Undated, an old export is only told from a new one that was not seen at work yet.
            if (lag > 0 && (dated || !seenAtWork)) {
                lag--;
                shown = export - 1;
                return ended(failedBefore, dateBefore);
            }
            shown = export;
            if (now < readyAt) {
                lag = dated ? lag : 0;
                seenAtWork = true;
                return random.nextBoolean()
                        ? new Answer.Pending("started", null)
                        : new Answer.Pending("in_progress", date);
            }
            return ended(fails, date);
        }

        private Answer ended(boolean failed, String creationDate) {
            return failed
                    ? new Answer.Failed("for no reason", creationDate)
                    : new Answer.Finished(new SpooledBody(new byte[0], false), creationDate, true);
        }

        private void start() {
            dateBefore = date;
            failedBefore = fails;
            lag = export > 0 && now >= readyAt ? random.nextInt(4) : 0;
            export++;
            date = dated ? String.valueOf(now / 1_000) : null;
            fails = random.nextInt(100) < failPercent;
            readyAt = now + random.nextInt(random.nextInt(5) == 0 ? 3 * (int) TIMEOUT : 5_000);
            seenAtWork = false;
        }
    }
}
