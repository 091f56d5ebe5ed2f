package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import io.github.vidicenter.simulator.fault.Phase;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong on the way is made good: rows come once, watermarks are right, limits kept. */
class FaultyServiceTest {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private final FaultyScan scan = new FaultyScan();

    @AfterEach
    void stopServer() {
        assertThat(scan.server.audit().rejected()).as("limits passed").isZero();
        scan.close();
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault.Status(429, "0", false),
                new Fault.Status(429, "1", true),
                new Fault.Status(429, inASecond(), false),
                new Fault.Status(429, null, false),
                new Fault.Status(500, null, true),
                new Fault.Status(502, null, true),
                new Fault.Status(503, "1", false),
                new Fault.Page(),
                new Fault.OtherState("resting"),
                new Fault.OtherState(null),
                new Fault.OtherState("started"),
                new Fault.WithoutData(),
                new Fault.Reset(false),
                new Fault.Reset(true),
                new Fault.Truncated(Fault.Cut.CHUNKS),
                new Fault.Truncated(Fault.Cut.CONTENT_LENGTH),
                new Fault.Truncated(Fault.Cut.JSON),
                new Fault.BrokenGzip(),
                new Fault.Hang(),
                new Fault.Slow(Duration.ofSeconds(1)),
                new Fault.FailedExport("out of memory"),
                new Fault.FailedExport(null),
                new Fault.Stuck(Duration.ofSeconds(1)),
                new Fault.Forgotten());
    }

    private static String inASecond() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isMadeGoodAtEveryPhase(Fault fault) {
        for (Phase phase : Phase.values()) {
            scan.server.faults().add(FaultRule.of(fault).phase(phase).times(1));
        }
        scan.runsRight("");
        assertThat(scan.server.faults().happened()).isPositive();
    }

    @Test
    void theExportBeforeARebuildIsNotTakenForTheRebuiltOne() {
        scan.server.faults().add(FaultRule.of(new Fault.FailedExport("once")).times(2));
        scan.server.faults().add(FaultRule.of(new Fault.OldExport()).skip(4).times(6));

        scan.runsRight("");
    }

    @RepeatedTest(3)
    void aMixtureIsMadeGood() {
        long seed = new Random().nextLong();
        System.out.println("FaultyServiceTest seed " + seed);
        Random random = new Random(seed);
        List<Fault> faults =
                faults().filter(f -> !(f instanceof Fault.Hang || f instanceof Fault.Slow))
                        .toList();
        for (Phase phase : Phase.values()) {
            scan.server
                    .faults()
                    .add(
                            FaultRule.of(faults.get(random.nextInt(faults.size())))
                                    .phase(phase)
                                    .probability(0.15)
                                    .times(6));
        }
        scan.runsRight("'export.max-attempts' = '20',");
    }
}
