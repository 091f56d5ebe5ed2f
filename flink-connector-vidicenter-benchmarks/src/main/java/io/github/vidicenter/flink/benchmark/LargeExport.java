package io.github.vidicenter.flink.benchmark;

import io.github.vidicenter.flink.benchmark.large.LargeExportJob;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the largest export that the API gives of raw rows, 3 million, in a JVM with a heap of 256
 * MiB, in which a whole Flink runs beside the source; checkpoints are taken all the while. The
 * simulator is in this JVM. Fails unless every row arrives.
 *
 * <p>Argument: the heap in MiB, 256 unless given.
 */
public final class LargeExport {

    /** A little under the limit, as the simulator's data follows chance. */
    private static final double ROWS = 2_950_000;

    private static final double SMALL_AUDIENCE = 50;

    private LargeExport() {}

    public static void main(String[] args) throws Exception {
        String heap = args.length == 0 ? "256" : args[0];
        int status;
        try (VidiCenterSimulator simulator =
                VidiCenterSimulator.builder()
                        .locations(LargeExportJob.LOCATION)
                        .audience(audience())
                        .dialect(Dialect.GZIP)
                        .start()) {
            Process job = new ProcessBuilder(command(heap, simulator)).inheritIO().start();
            status = job.waitFor();
            if (status == 0) {
                System.out.printf(
                        "%,d rows served, with a heap of %s MiB%n",
                        simulator.audit().rowsServed(), heap);
            }
        }
        System.exit(status);
    }

    /** How large the audience is of which a day has that many rows. */
    private static double audience() {
        try (VidiCenterSimulator small =
                        VidiCenterSimulator.builder()
                                .locations(LargeExportJob.LOCATION)
                                .audience(SMALL_AUDIENCE)
                                .start();
                Stream<Map<String, Object>> rows =
                        small.truth(
                                "viewers",
                                "finest",
                                List.of(LargeExportJob.LOCATION),
                                LargeExportJob.DAY,
                                LargeExportJob.DAY.plusDays(1))) {
            return SMALL_AUDIENCE * ROWS / rows.count();
        }
    }

    private static List<String> command(String heap, VidiCenterSimulator simulator) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-Xmx" + heap + "m");
        // What Flink needs opened, and the log.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add") || argument.startsWith("-Dlog"))
                .map(argument -> argument.replace("LargeExport.log", "LargeExportJob.log"))
                .forEach(command::add);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(LargeExportJob.class.getName());
        command.add(simulator.url().toString());
        command.add(simulator.username());
        command.add(simulator.token());
        return command;
    }
}
