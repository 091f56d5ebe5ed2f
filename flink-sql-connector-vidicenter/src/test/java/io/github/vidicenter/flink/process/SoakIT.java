package io.github.vidicenter.flink.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.cluster.FlinkCluster;
import io.github.vidicenter.flink.cluster.FlinkClusters;
import io.github.vidicenter.flink.cluster.FlinkJob;
import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import io.github.vidicenter.simulator.fault.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Long scans at full speed, one after the other, of a server that fails in many ways: what the
 * processes hold does not grow. With the profile {@code soak} only.
 */
@EnabledIfSystemProperty(named = "process.soak.minutes", matches = "[1-9]\\d*")
@ResourceLock(FlinkClusters.OWN)
class SoakIT {

    private static final Duration LENGTH =
            Duration.ofMinutes(Integer.getInteger("process.soak.minutes"));
    private static final int DAYS = 300;
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final String COORDINATOR = "checkpoint metadata";

    private final Map<String, List<Long>> series = new TreeMap<>();

    @Test
    void holdsNoMoreAtTheEnd() throws Exception {
        long start = System.nanoTime();
        try (FlinkCluster cluster =
                FlinkClusters.start(FlinkClusters.newestVersion(), 1, false, "INFO")) {
            while (System.nanoTime() - start < LENGTH.toNanos()) {
                scan(cluster);
            }
        }
        System.out.printf("SoakIT: %s%n", Duration.ofNanos(System.nanoTime() - start));
        series.forEach(SoakIT::print);
        series.forEach(
                (what, values) ->
                        assertThat(late(values))
                                .as("%s over time: %s", what, values)
                                .isLessThanOrEqualTo(early(values) * 5 / 4 + allowance(what)));
    }

    private void scan(FlinkCluster cluster) throws Exception {
        try (ViewersScan scan =
                        new ViewersScan(cluster.directory(), DAYS, Duration.ofMillis(20))
                                .requestTimeout(Duration.ofSeconds(10));
                FlinkJob job = scan.submit(cluster, 2)) {
            faults(scan);
            job.awaitRunning();
            while (!job.hasEnded()) {
                sample(cluster);
                Thread.sleep(PAUSE.toMillis());
            }
            job.awaitFinished();
            System.out.printf(
                    "SoakIT: %d faults, %d checkpoints, %d restores; %s%n",
                    scan.server.faults().happened(),
                    job.completedCheckpoints(),
                    job.restores(),
                    scan.assertDelivered());
        }
    }

    private static void faults(ViewersScan scan) {
        List<Fault> often =
                List.of(
                        new Fault.Status(503, null, true),
                        new Fault.Status(500, "1", false),
                        new Fault.Reset(true),
                        new Fault.Truncated(Fault.Cut.CHUNKS),
                        new Fault.Truncated(Fault.Cut.JSON),
                        new Fault.BrokenGzip(),
                        new Fault.Page());
        often.forEach(fault -> scan.server.faults().add(FaultRule.of(fault).probability(0.005)));
        scan.server
                .faults()
                .add(FaultRule.of(new Fault.Hang()).phase(Phase.DOWNLOAD).probability(0.0005));
    }

    private void sample(FlinkCluster cluster) throws Exception {
        Map<String, ProcessSample> samples = new LinkedHashMap<>();
        for (Map.Entry<String, Long> process : cluster.processes().entrySet()) {
            samples.put(process.getKey(), ProcessSample.of(process.getValue()));
        }
        Map<String, ToLongFunction<ProcessSample>> quantities =
                Map.of(
                        "heap alive in KB", ProcessSample::heapKilobytes,
                        "threads", ProcessSample::threads,
                        "sockets", ProcessSample::sockets,
                        "open files", ProcessSample::files);
        samples.forEach(
                (process, sample) ->
                        quantities.forEach(
                                (what, value) ->
                                        add(process + ": " + what, value.applyAsLong(sample))));
        add("temporary files", files(cluster.directory().resolve("tmp")));
        add(COORDINATOR + " in bytes", metadata(cluster.directory().resolve("checkpoints")));
    }

    private void add(String what, long value) {
        series.computeIfAbsent(what, w -> new ArrayList<>()).add(value);
    }

    private static long files(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile).filter(file -> !isOfJobBefore(file)).count();
        }
    }

    /** Flink keeps the jar and the archive of each job for an hour and longer. */
    private static boolean isOfJobBefore(Path file) {
        return file.toString().matches(".*/(blobStorage|archived\\w+Store-[^/]+)/.*");
    }

    /** Size of the latest checkpoint's file, which holds the state of the enumerator. */
    private static long metadata(Path checkpoints) throws IOException {
        try (Stream<Path> tree = Files.walk(checkpoints)) {
            return tree.filter(file -> file.endsWith("_metadata"))
                    .mapToLong(file -> file.toFile().length())
                    .max()
                    .orElse(0);
        }
    }

    /** The median of the second quarter, when all is warm. */
    private static long early(List<Long> values) {
        return median(values.subList(values.size() / 4, values.size() / 2 + 1));
    }

    /** The median of the last quarter. */
    private static long late(List<Long> values) {
        return median(values.subList(values.size() * 3 / 4, values.size()));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** What counts as noise where there is little. */
    private static long allowance(String what) {
        return what.contains("bytes") || what.contains("KB") ? 8_000 : 8;
    }

    private static void print(String what, List<Long> values) {
        System.out.printf(
                "SoakIT: %s: %d early, %d late, %s%n", what, early(values), late(values), values);
    }
}
