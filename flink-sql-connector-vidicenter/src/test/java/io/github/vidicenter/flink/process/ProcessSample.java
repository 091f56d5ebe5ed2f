package io.github.vidicenter.flink.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a JVM of this machine holds, as Linux and the JDK's own tools tell. */
record ProcessSample(long heapKilobytes, long threads, long sockets, long files) {

    private static final Pattern USED = Pattern.compile("generation .* used (\\d+)K");

    /** After a full collection, so that the heap is what is alive. */
    static ProcessSample of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        long heap =
                USED.matcher(jcmd(pid, "GC.heap_info"))
                        .results()
                        .map((MatchResult m) -> Long.parseLong(m.group(1)))
                        .reduce(0L, Long::sum);
        Path process = Path.of("/proc", String.valueOf(pid));
        long[] descriptors = descriptors(process.resolve("fd"));
        return new ProcessSample(
                heap, children(process.resolve("task")), descriptors[0], descriptors[1]);
    }

    /** Sockets, and files on disk. */
    private static long[] descriptors(Path directory) throws IOException {
        long[] counts = new long[2];
        try (Stream<Path> all = Files.list(directory)) {
            for (Path each : all.toList()) {
                try {
                    String target = Files.readSymbolicLink(each).toString();
                    counts[0] += target.startsWith("socket:") ? 1 : 0;
                    counts[1] += target.startsWith("/") && !target.startsWith("/dev/") ? 1 : 0;
                } catch (IOException closedMeanwhile) {
                    // It is not held any more.
                }
            }
        }
        return counts;
    }

    private static long children(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.count();
        }
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                String.valueOf(pid),
                                command)
                        .redirectErrorStream(true)
                        .start();
        String printed = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(printed);
        }
        return printed;
    }
}
