package io.github.vidicenter.flink.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes what a cluster's processes read: {@code conf/config.yaml}, a log4j configuration, and
 * ZooKeeper's where there is one.
 *
 * @param zooKeeperPort 0: without high availability
 * @param logLevel of all loggers
 */
record FlinkConfiguration(
        Path directory, int restPort, int rpcPort, int zooKeeperPort, String logLevel) {

    static final int SLOTS = 2;

    static FlinkConfiguration in(Path directory, boolean highlyAvailable, String logLevel)
            throws IOException {
        return new FlinkConfiguration(
                directory,
                FreePorts.next(),
                FreePorts.next(),
                highlyAvailable ? FreePorts.next() : 0,
                logLevel);
    }

    boolean isHighlyAvailable() {
        return zooKeeperPort != 0;
    }

    void write() throws IOException {
        for (String part : new String[] {"conf", "log", "tmp"}) {
            Files.createDirectories(directory.resolve(part));
        }
        String flink = flink() + (isHighlyAvailable() ? highAvailability() : "");
        Files.writeString(directory.resolve("conf/config.yaml"), flink);
        Files.writeString(directory.resolve("conf/log4j.properties"), LOG4J.formatted(logLevel));
        if (isHighlyAvailable()) {
            Files.writeString(directory.resolve("conf/zoo.cfg"), zooKeeper());
        }
    }

    /**
     * The memory of a TaskManager is given in parts, since the start scripts that would divide a
     * total are not used. {@code rest.bind-port} is left alone: the SQL client would bind it too. A
     * killed process is noticed within seconds, since it refuses connections; one that is slow, on
     * a machine with much to do, is waited for.
     */
    private String flink() {
        return """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %2$d
                jobmanager.bind-host: 127.0.0.1
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %3$d
                web.refresh-interval: 100
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.numberOfTaskSlots: %4$d
                taskmanager.cpu.cores: %4$d
                taskmanager.memory.task.heap.size: 384m
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.task.off-heap.size: 32m
                taskmanager.memory.framework.off-heap.size: 128m
                taskmanager.memory.managed.size: 64m
                taskmanager.memory.network.min: 64m
                taskmanager.memory.network.max: 64m
                taskmanager.memory.jvm-metaspace.size: 256m
                taskmanager.memory.jvm-overhead.min: 128m
                taskmanager.memory.jvm-overhead.max: 128m
                cluster.registration.error-delay: 500
                heartbeat.interval: 1000
                heartbeat.timeout: 30000
                heartbeat.rpc-failure-threshold: 2
                pekko.ask.timeout: 60 s
                pekko.startup-timeout: 60 s
                restart-strategy.type: fixed-delay
                restart-strategy.fixed-delay.attempts: 100
                restart-strategy.fixed-delay.delay: 500ms
                execution.checkpointing.interval: 500ms
                execution.checkpointing.timeout: 1 min
                execution.checkpointing.tolerable-failed-checkpoints: 10
                execution.checkpointing.dir: %1$s/checkpoints
                execution.checkpointing.savepoint-dir: %1$s/savepoints
                io.tmp.dirs: %5$s
                """
                .formatted(uri(), rpcPort, restPort, SLOTS, directory.resolve("tmp"));
    }

    /** Short sessions, so that a new JobManager soon leads. */
    private String highAvailability() {
        return """
                high-availability.type: zookeeper
                high-availability.zookeeper.quorum: 127.0.0.1:%d
                high-availability.storageDir: %s/high-availability
                high-availability.zookeeper.client.session-timeout: 10 s
                """
                .formatted(zooKeeperPort, uri());
    }

    private String zooKeeper() {
        return """
                clientPort=%d
                clientPortAddress=127.0.0.1
                tickTime=1000
                admin.enableServer=false
                dataDir=%s
                """
                .formatted(zooKeeperPort, directory.resolve("zookeeper"));
    }

    private String uri() {
        return directory.toUri().toString().replaceFirst("/$", "");
    }

    /** Calcite at TRACE fails to plan: it then casts the costs that Flink has made its own. */
    private static final String LOG4J =
            """
            rootLogger.level = %s
            rootLogger.appenderRef.file.ref = File
            logger.calcite.name = org.apache.calcite
            logger.calcite.level = INFO
            appender.file.name = File
            appender.file.type = FILE
            appender.file.fileName = ${sys:log.file}
            appender.file.layout.type = PatternLayout
            appender.file.layout.pattern = %%d{HH:mm:ss,SSS} %%-5p %%c - %%m%%n
            """;
}
