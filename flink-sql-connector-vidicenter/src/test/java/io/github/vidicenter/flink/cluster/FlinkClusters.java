package io.github.vidicenter.flink.cluster;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The clusters that all tests share, one for each Flink version to test against, started when first
 * asked for and ended with the tests' JVM. Three TaskManagers each, so that two, which are enough
 * for any test, are left where one is killed.
 */
public final class FlinkClusters {

    /** Held by tests that use {@link #of}: one class of them at a time. */
    public static final String SHARED = "the clusters that tests share";

    /** Held by tests that {@link #start} their own: one class of them at a time, for the memory. */
    public static final String OWN = "clusters of one test";

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

    /** The newest of them, for what takes long; all of them where faults are the purpose. */
    public static Stream<String> fewVersions() {
        return Boolean.getBoolean("process.faults.everywhere")
                ? versions()
                : Stream.of(newestVersion());
    }

    public static String oldestVersion() {
        return versions().min(Comparator.comparing(Version::parse)).orElseThrow();
    }

    public static String newestVersion() {
        return versions().max(Comparator.comparing(Version::parse)).orElseThrow();
    }

    /** A cluster of its own, to be closed by who asked. */
    public static FlinkCluster start(
            String version, int taskManagers, boolean highlyAvailable, String logLevel)
            throws IOException, InterruptedException {
        return FlinkCluster.start(base(), version, taskManagers, highlyAvailable, logLevel);
    }

    /** The cluster of that version; not to be closed by who asked. */
    public static FlinkCluster of(String version) {
        return CLUSTERS.computeIfAbsent(version, FlinkClusters::start);
    }

    private static FlinkCluster start(String version) {
        try {
            return FlinkCluster.start(base(), version, 3);
        } catch (Exception e) {
            throw new IllegalStateException("Flink " + version, e);
        }
    }

    private static Path base() {
        return Path.of(System.getProperty("flink.cluster.dir"));
    }
}
