package io.github.vidicenter.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Flink cluster of real processes: a JobManager, TaskManagers of two slots each, and Flink's own
 * SQL client. Logs are in {@link #directory()}.
 */
public final class FlinkCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern JOB_ID = Pattern.compile("Job ID: ([0-9a-f]{32})");

    private final Path directory;
    private final FlinkJvms jvms;
    private final FlinkRest rest;
    private final Process jobManager;
    private final Map<String, Process> taskManagers = new LinkedHashMap<>();
    private int started;
    private int scripts;

    private FlinkCluster(
            FlinkDistribution distribution, Path directory, FlinkConfiguration configuration)
            throws IOException {
        this.directory = directory;
        jvms = new FlinkJvms(distribution, directory);
        rest = new FlinkRest(configuration.restPort());
        jobManager = jvms.jobManager();
    }

    /**
     * @param base where distributions are kept and the cluster gets a directory of its own
     */
    public static FlinkCluster start(Path base, String version, int taskManagers)
            throws IOException, InterruptedException {
        Files.createDirectories(base);
        FlinkDistribution distribution = FlinkDistribution.in(base, version);
        Path directory = Files.createTempDirectory(base, "cluster-" + version + "-");
        FlinkConfiguration configuration = FlinkConfiguration.in(directory);
        configuration.write();
        FlinkCluster cluster = new FlinkCluster(distribution, directory, configuration);
        try {
            for (int i = 0; i < taskManagers; i++) {
                cluster.launchTaskManager();
            }
            cluster.awaitTaskManagers();
            return cluster;
        } catch (Throwable e) {
            cluster.close();
            throw e;
        }
    }

    /** Holds {@code log/} and what jobs wrote. */
    public Path directory() {
        return directory;
    }

    /** Starts another TaskManager and waits until it is registered. */
    public void addTaskManager() throws IOException {
        launchTaskManager();
        awaitTaskManagers();
    }

    /** {@code kill -9}: nothing is closed, flushed or said goodbye to. */
    public void killTaskManager(String id) throws InterruptedException {
        Process process = taskManagers.remove(id);
        assertThat(process).as("TaskManager %s of %s", id, taskManagers).isNotNull();
        process.destroyForcibly().waitFor();
    }

    /**
     * Runs statements in Flink's SQL client.
     *
     * @return what it printed
     * @throws AssertionError with the output if a statement failed
     */
    public String sql(String... statements) throws IOException, InterruptedException {
        String name = "sql-client-" + ++scripts;
        Path script = directory.resolve("tmp").resolve(name + ".sql");
        Files.writeString(script, String.join(";\n", statements) + ";\n");
        Process client = jvms.sqlClient(name, script);
        boolean ended = client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        client.destroyForcibly();
        String output = jvms.printed(name);
        assertThat(ended).as("end of the SQL client: %s", output).isTrue();
        // Its exit status is 0 though a statement failed.
        assertThat(output).doesNotContain("[ERROR]");
        return output;
    }

    /** Runs statements, the last of which submits a job, and does not wait for its end. */
    public FlinkJob submit(String... statements) throws IOException, InterruptedException {
        String output = sql(statements);
        Matcher id = JOB_ID.matcher(output);
        assertThat(id.find()).as(output).isTrue();
        return new FlinkJob(rest, id.group(1));
    }

    /** Ends all processes, by their ids. */
    @Override
    public void close() {
        taskManagers.values().forEach(Process::destroyForcibly);
        jobManager.destroyForcibly();
    }

    private void launchTaskManager() throws IOException {
        String id = "taskmanager-" + ++started;
        taskManagers.put(id, jvms.taskManager(id));
    }

    private void awaitTaskManagers() {
        await("TaskManagers")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .failFast(
                        () ->
                                assertThat(jobManager.isAlive())
                                        .as(
                                                () ->
                                                        jvms.printed("jobmanager")
                                                                + jvms.logged("jobmanager"))
                                        .isTrue())
                .until(() -> rest.taskManagers().containsAll(taskManagers.keySet()));
    }
}
