package io.github.vidicenter.flink.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The clusters that all tests share, one for each Flink version to test against, started when first
 * asked for and ended with the tests' JVM. Two TaskManagers each: who kills one adds another.
 */
public final class FlinkClusters {

    private static final Map<String, FlinkCluster> CLUSTERS = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> CLUSTERS.values().forEach(FlinkCluster::close)));
    }

    private FlinkClusters() {}

    /** The Flink versions to test against. */
    public static Stream<String> versions() {
        return Stream.of(System.getProperty("flink.cluster.versions").split(",")).distinct();
    }

    /** The cluster of that version; not to be closed by who asked. */
    public static FlinkCluster of(String version) {
        return CLUSTERS.computeIfAbsent(version, FlinkClusters::start);
    }

    private static FlinkCluster start(String version) {
        try {
            return FlinkCluster.start(Path.of(System.getProperty("flink.cluster.dir")), version, 2);
        } catch (Exception e) {
            throw new IllegalStateException("Flink " + version, e);
        }
    }
}
