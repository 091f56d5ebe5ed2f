package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.docs.RenderedPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes wrong is made good: each row comes once, no watermark comes early, the account's limits
 * are kept. Several jobs run at a time, since most of them wait most of the time.
 *
 * <p>{@code -Dfault.only=id} runs one case, {@code -Dfault.rounds=20} each so often, {@code
 * -Dfault.slow=true} those that take minutes too, {@code -Dfault.seed=…} repeats what a failure
 * names. With {@code -Ddocs.rewrite=true} the page's table is written from the run.
 */
class FaultMatrixTest {

    private static final int JOBS_AT_A_TIME = 5;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(3 * JOBS_AT_A_TIME)
                            .build());

    private static final int ROUNDS = Integer.getInteger("fault.rounds", 1);
    private static final long SEED = Long.getLong("fault.seed", new Random().nextInt(1_000_000));

    private static final Map<FaultCase, List<Future<FaultRound.Outcome>>> RUNS =
            new LinkedHashMap<>();
    private static final Map<FaultCase, Tally> TALLIES = new LinkedHashMap<>();

    @TempDir static Path tokens;

    private static ExecutorService jobs;

    /** What came of all rounds of a case. */
    private record Tally(int rounds, long rows, long lost, long repeated, long late) {}

    static Stream<FaultCase> cases() {
        String only = System.getProperty("fault.only");
        return FaultMatrix.all()
                .filter(fault -> only == null || only.equals(fault.id))
                .filter(fault -> !fault.slow || Boolean.getBoolean("fault.slow"));
    }

    @BeforeAll
    static void startJobs(@InjectMiniCluster MiniCluster flink) {
        System.out.printf("FaultMatrixTest: %d rounds, -Dfault.seed=%d%n", ROUNDS, SEED);
        jobs = Executors.newFixedThreadPool(JOBS_AT_A_TIME);
        cases().forEach(fault -> RUNS.put(fault, new ArrayList<>()));
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<FaultCase, List<Future<FaultRound.Outcome>>> run : RUNS.entrySet()) {
                long seed = SEED + round;
                run.getValue().add(jobs.submit(() -> run(run.getKey(), seed, flink)));
            }
        }
    }

    private static FaultRound.Outcome run(FaultCase fault, long seed, MiniCluster flink)
            throws Exception {
        try (FaultRound round = new FaultRound(fault, seed, tokens)) {
            return round.run(flink);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isMadeGood(FaultCase fault) throws InterruptedException {
        long rows = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String where = "with -Dfault.only=%s -Dfault.seed=%d".formatted(fault.id, SEED + round);
            try {
                FaultRound.Outcome outcome = outcome(fault, round);
                rows += outcome.rows();
                assertThat(outcome.lost()).as("lost " + where).isEmpty();
                assertThat(outcome.repeated()).as("repeated " + where).isEmpty();
                assertThat(outcome.late()).as("behind a watermark " + where).isZero();
            } catch (ExecutionException e) {
                throw new AssertionError(where, e.getCause());
            }
        }
        assertThat(rows).isPositive();
        TALLIES.put(fault, new Tally(ROUNDS, rows, 0, 0, 0));
    }

    @Test
    @DisabledIfSystemProperty(named = "docs.rewrite", matches = "true")
    void thePageNamesThemAll() throws IOException {
        String page = RenderedPage.read("reliability.md");

        assertThat(FaultMatrix.all())
                .allSatisfy(
                        fault ->
                                assertThat(page)
                                        .contains("`-Dfault.only=" + fault.id + "`")
                                        .contains(fault.name));
    }

    private static FaultRound.Outcome outcome(FaultCase fault, int round)
            throws ExecutionException, InterruptedException {
        return RUNS.entrySet().stream()
                .filter(run -> run.getKey().id.equals(fault.id))
                .findFirst()
                .orElseThrow()
                .getValue()
                .get(round)
                .get();
    }

    @AfterAll
    static void stopJobs() throws IOException {
        jobs.shutdownNow();
        RUNS.clear();
        if (Boolean.getBoolean("docs.rewrite")) {
            RenderedPage.check("reliability.md", table());
        }
    }

    private static String table() {
        StringBuilder table = new StringBuilder();
        table.append(
                "| Fault | Rounds | Rows | Lost | Duplicated | Behind a watermark | Again |\n");
        table.append("| --- | --- | --- | --- | --- | --- | --- |\n");
        TALLIES.forEach(
                (fault, tally) ->
                        table.append(
                                "| %s | %d | %d | %d | %d | %d | `-Dfault.only=%s` |\n"
                                        .formatted(
                                                fault.name,
                                                tally.rounds(),
                                                tally.rows(),
                                                tally.lost(),
                                                tally.repeated(),
                                                tally.late(),
                                                fault.id)));
        return table.toString();
    }
}
