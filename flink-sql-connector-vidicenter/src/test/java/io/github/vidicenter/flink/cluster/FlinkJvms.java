package io.github.vidicenter.flink.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts the JVMs of one cluster, each with a log and an output file in {@code log/}. */
final class FlinkJvms {

    private final FlinkDistribution distribution;
    private final Path directory;

    /**
     * @param directory with {@code conf/}, {@code log/} and {@code tmp/}
     */
    FlinkJvms(FlinkDistribution distribution, Path directory) {
        this.distribution = distribution;
        this.directory = directory;
    }

    Process jobManager() throws IOException {
        return start(
                "jobmanager",
                distribution.libClassPath(),
                List.of("-Xmx512m", "-XX:MaxMetaspaceSize=256m"),
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                "--configDir",
                directory.resolve("conf").toString());
    }

    Process taskManager(String id) throws IOException {
        return start(
                id,
                distribution.libClassPath(),
                List.of("-Xmx512m", "-XX:MaxDirectMemorySize=256m", "-XX:MaxMetaspaceSize=256m"),
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                "--configDir",
                directory.resolve("conf").toString(),
                "-Dtaskmanager.resource-id=" + id);
    }

    /** Flink's own start class of ZooKeeper, a single server. */
    Process zooKeeper() throws IOException {
        return start(
                "zookeeper",
                distribution.libClassPath(),
                List.of("-Xmx128m"),
                "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
                "--zkConfigFile",
                directory.resolve("conf/zoo.cfg").toString(),
                "--peerId",
                "1");
    }

    /** The command {@code flink}. */
    Process commandLine(String name, List<String> arguments) throws IOException {
        return start(
                name,
                distribution.libClassPath(),
                List.of("-Xmx256m"),
                "org.apache.flink.client.cli.CliFrontend",
                arguments.toArray(String[]::new));
    }

    Process sqlClient(String name, Path script) throws IOException {
        return start(
                name,
                distribution.clientClassPath(),
                List.of("-Xmx512m"),
                "org.apache.flink.table.client.SqlClient",
                "embedded",
                "-hist",
                directory.resolve("tmp/history").toString(),
                "-f",
                script.toString());
    }

    /** What the JVM of that name has printed so far. */
    String printed(String name) {
        return text(name + ".out");
    }

    /** What the JVM of that name has logged so far. */
    String logged(String name) {
        return text(name + ".log");
    }

    private String text(String file) {
        try {
            Path path = log(file);
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log(String file) {
        return directory.resolve("log").resolve(file);
    }

    private Process start(
            String name,
            String classPath,
            List<String> options,
            String mainClass,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Short lives on few cores.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of(System.getProperty("flink.cluster.opens").split(" ")));
        command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
        command.add("-Dlog.file=" + log(name + ".log"));
        command.add("-Dlog4j.configurationFile=" + directory.resolve("conf/log4j.properties"));
        command.addAll(List.of("-cp", classPath, mainClass));
        Stream.of(arguments).forEach(command::add);

        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log(name + ".out").toFile());
        builder.environment().put("FLINK_CONF_DIR", directory.resolve("conf").toString());
        builder.environment().put("FLINK_LIB_DIR", distribution.home() + "/lib");
        builder.environment().put("FLINK_OPT_DIR", distribution.home() + "/opt");
        return builder.start();
    }
}
