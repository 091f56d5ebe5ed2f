package io.github.vidicenter.flink.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A Flink put together from Maven artifacts by {@code tools/flink-dist}, with the SQL jar in {@code
 * lib/} as a user would put it there.
 */
record FlinkDistribution(String version, Path home) {

    private static final Map<String, FlinkDistribution> READY = new HashMap<>();

    /** One for all tests, with the SQL jar of this build. */
    static synchronized FlinkDistribution in(Path directory, String version)
            throws IOException, InterruptedException {
        FlinkDistribution distribution = READY.get(version);
        if (distribution == null) {
            distribution = prepare(directory, version);
            READY.put(version, distribution);
        }
        return distribution;
    }

    /** Assembles it, or takes what an earlier run of the tests left in the directory. */
    private static FlinkDistribution prepare(Path directory, String version)
            throws IOException, InterruptedException {
        Path home = directory.resolve("flink-" + version);
        if (!Files.exists(home)) {
            // Moved to its place when it is whole, so that a run that was broken off leaves none.
            Path unfinished = directory.resolve("flink-" + version + ".unfinished");
            assemble(version, unfinished);
            Files.move(unfinished, home);
        }
        Path sqlJar = Path.of(System.getProperty("sql.jar"));
        Files.copy(
                sqlJar,
                home.resolve("lib").resolve(sqlJar.getFileName()),
                StandardCopyOption.REPLACE_EXISTING);
        return new FlinkDistribution(version, home);
    }

    /** With the Maven and the local repository of the build that runs the tests. */
    private static void assemble(String version, Path home)
            throws IOException, InterruptedException {
        Files.createDirectories(home);
        Path log = home.resolve("assemble.log");
        Process maven =
                new ProcessBuilder(
                                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                                "--batch-mode",
                                "--no-transfer-progress",
                                "--file=" + System.getProperty("flink.dist.pom"),
                                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                                "-Dflink.version=" + version,
                                "-Dflink.dist=" + home,
                                "package")
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        if (maven.waitFor() != 0) {
            throw new IOException("Flink " + version + ": " + Files.readString(log));
        }
    }

    /** Class path of JobManager and TaskManager. */
    String libClassPath() {
        return home + "/lib/*";
    }

    /** Class path of the SQL client. */
    String clientClassPath() {
        return libClassPath() + ":" + home + "/opt/*";
    }
}
