package io.github.vidicenter.flink.benchmark;

import io.github.vidicenter.flink.benchmark.decode.Decode;
import io.github.vidicenter.flink.benchmark.decode.RowEquality;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How fast exports are decoded, next to the bare token scan and Flink's own JSON formats. Rounds of
 * one fork of each way, so that a machine that is busy for a while is so for all of them, and
 * ratios within a round hold.
 *
 * <p>Argument: how many rounds, 5 unless given.
 */
public final class DecodeBenchmark {

    private DecodeBenchmark() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length == 0 ? 5 : Integer.parseInt(args[0]);
        int rows = RowEquality.check();
        System.out.printf("%,d rows, the same from each decoder%n", rows);
        Map<String, double[]> millis = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (RunResult result : run()) {
                String way = result.getPrimaryResult().getLabel();
                millis.computeIfAbsent(way, w -> new double[rounds])[round] =
                        result.getPrimaryResult().getStatistics().getMin();
            }
        }
        System.out.println(DecodeTable.of(rows, millis));
        DecodeTable.chart(millis).write("decode");
    }

    private static Collection<RunResult> run() throws RunnerException {
        Options options =
                new OptionsBuilder()
                        .include(Decode.class.getName())
                        .forks(1)
                        .warmupIterations(15)
                        .measurementIterations(15)
                        // Warm after so many iterations, however busy the machine is; and no way
                        // pays for pages of the heap that it is the first to touch.
                        .jvmArgs(
                                "-Xmx1g",
                                "-Xms1g",
                                "-XX:+AlwaysPreTouch",
                                "-XX:-BackgroundCompilation")
                        .shouldFailOnError(true)
                        .build();
        return new Runner(options).run();
    }
}
