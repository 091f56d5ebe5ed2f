package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Exports of a simulated server: how many polls they take, and how long they lie there ready. */
class BuildTimesTest {

    private static final long MIN = 1_000;
    private static final long MAX = 30_000;
    private static final long SIZE = 1_000;
    private static final long KIND = SIZE;

    private final BuildTimes times = new BuildTimes();
    private int exports;
    private int polls;
    private double built;
    private double lost;

    /** Polls one export until it is ready. */
    private void build(long millis, long cells, double callsUsed) {
        buildOf(cells, millis, cells, callsUsed);
    }

    private void buildOf(long kind, long millis, long cells, double callsUsed) {
        long notReadyAt = 0;
        long age = 0;
        while (true) {
            age += Math.min(MAX, Math.max(MIN, times.nextPoll(kind, cells, age, MIN, callsUsed)));
            polls++;
            if (age >= millis) {
                break;
            }
            notReadyAt = age;
        }
        times.learn(kind, cells, notReadyAt, age);
        exports++;
        built += millis;
        lost += age - millis;
    }

    private void buildMany(int count, LongSupplier millis, double callsUsed) {
        for (int i = 0; i < count; i++) {
            build(millis.getAsLong(), SIZE, callsUsed);
        }
    }

    private void forget() {
        exports = polls = 0;
        built = lost = 0;
    }

    /** The first call, and the polls. */
    private double callsPerExport() {
        return 1 + (double) polls / exports;
    }

    private double partLost() {
        return lost / built;
    }

    @Test
    void withoutAnyKnowledgePollsGrowApart() {
        assertThat(times.nextPoll(KIND, SIZE, 0, MIN, 0)).isEqualTo(1_000);
        assertThat(times.nextPoll(KIND, SIZE, 1_000, MIN, 0)).isEqualTo(1_000);
        assertThat(times.nextPoll(KIND, SIZE, 8_000, MIN, 0)).isEqualTo(4_000);
    }

    @Test
    void timesThatRepeatCostFewCallsAndLittleTime() {
        for (long millis : new long[] {5_200, 7_300, 10_000, 16_100, 25_000, 29_000}) {
            BuildTimesTest test = new BuildTimesTest();
            test.buildMany(60, () -> millis, 0.5);
            System.out.printf(
                    "BuildTimesTest: %d ms: %.2f calls, %.1f %% lost%n",
                    millis, test.callsPerExport(), 100 * test.partLost());
            assertThat(test.callsPerExport()).as("calls at %d ms", millis).isLessThan(2.5);
            assertThat(test.partLost()).as("lost at %d ms", millis).isLessThan(0.1);
        }
    }

    @Test
    void timesThatVaryALittleToo() {
        Random random = new Random(1);
        buildMany(200, () -> 10_000 + random.nextInt(1_000), 0.5);
        System.out.printf(
                "BuildTimesTest: 10 to 11 s: %.2f calls, %.1f %% lost%n",
                callsPerExport(), 100 * partLost());
        assertThat(callsPerExport()).isLessThan(2.5);
        assertThat(partLost()).isLessThan(0.1);
    }

    @Test
    void exportsOfTwoKindsArePolledForBoth() {
        Random random = new Random(1);
        buildMany(200, () -> random.nextBoolean() ? 5_000 : 20_000, 0.5);
        System.out.printf(
                "BuildTimesTest: 5 or 20 s: %.2f calls, %.1f %% lost%n",
                callsPerExport(), 100 * partLost());
        assertThat(callsPerExport()).isLessThan(3);
        assertThat(partLost()).isLessThan(0.1);
    }

    @Test
    void followsBuildsThatBecomeFasterOrSlower() {
        buildMany(30, () -> 20_000L, 0.5);
        buildMany(40, () -> 5_000L, 0.5);
        forget();
        buildMany(20, () -> 5_000L, 0.5);
        assertThat(partLost()).isLessThan(0.15);

        buildMany(20, () -> 12_000L, 0.5);
        forget();
        buildMany(20, () -> 12_000L, 0.5);
        assertThat(callsPerExport()).isLessThan(2.5);
        assertThat(partLost()).isLessThan(0.1);
    }

    @Test
    void sizesAreLearnedApart() {
        for (int i = 0; i < 40; i++) {
            build(6_000, 100, 0.5);
            build(24_000, 100_000, 0.5);
        }
        assertThat(callsPerExport()).isLessThan(2.5);
        assertThat(partLost()).isLessThan(0.1);
    }

    @Test
    void exportsOfOneSizeButOfOtherIdsAreToldApart() {
        for (int i = 0; i < 20; i++) {
            for (long ids = 1; ids <= 10; ids++) {
                buildOf(ids, 5_000 + 2_000 * ids, SIZE, 0.5);
            }
        }
        assertThat(callsPerExport()).isLessThan(2.6);
        assertThat(partLost()).isLessThan(0.1);
    }

    @Test
    void whatWasNotSeenYetIsPolledLikeTheOthersOfItsSize() {
        buildOf(1, 20_000, SIZE, 0.5);
        forget();
        buildOf(2, 20_000, SIZE, 0.5);
        assertThat(callsPerExport()).isLessThan(4);
    }

    @Test
    void pollsInVainAreRarerWhereCallsAreScarce() {
        Random random = new Random(1);
        buildMany(300, () -> 3_000 + random.nextInt(12_000), 0.3);
        double plenty = callsPerExport();
        forget();
        buildMany(300, () -> 3_000 + random.nextInt(12_000), 1);
        System.out.printf(
                "BuildTimesTest: 3 to 15 s: %.2f calls, %.2f where they are scarce%n",
                plenty, callsPerExport());
        assertThat(callsPerExport()).isLessThan(plenty).isLessThan(2.3);
    }
}
