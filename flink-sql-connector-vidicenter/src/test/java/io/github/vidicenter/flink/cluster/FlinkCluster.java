package io.github.vidicenter.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Flink cluster of real processes: a JobManager, TaskManagers of two slots each, and Flink's own
 * clients. Logs are in {@link #directory()}.
 */
public final class FlinkCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern JOB_ID = Pattern.compile("Job ?ID:? ([0-9a-f]{32})");

    private final Path directory;
    private final FlinkJvms jvms;
    private final FlinkRest rest;
    private final Process zooKeeper;
    private Process jobManager;
    private final Map<String, Process> taskManagers = new LinkedHashMap<>();
    private final List<Process> submitting = new ArrayList<>();
    private int started;
    private int clients;

    private FlinkCluster(
            FlinkDistribution distribution, Path directory, FlinkConfiguration configuration)
            throws IOException {
        this.directory = directory;
        jvms = new FlinkJvms(distribution, directory);
        rest = new FlinkRest(configuration.restPort());
        zooKeeper = configuration.isHighlyAvailable() ? jvms.zooKeeper() : null;
        jobManager = jvms.jobManager();
    }

    /**
     * @param base where distributions are kept and the cluster gets a directory of its own
     */
    public static FlinkCluster start(Path base, String version, int taskManagers)
            throws IOException, InterruptedException {
        return start(base, version, taskManagers, false, "INFO");
    }

    /**
     * One at a time, since a process that starts takes all the machine has.
     *
     * @param highlyAvailable whether a JobManager that is started anew goes on with the jobs
     * @param logLevel of all loggers of all processes
     */
    public static synchronized FlinkCluster start(
            Path base, String version, int taskManagers, boolean highlyAvailable, String logLevel)
            throws IOException, InterruptedException {
        Files.createDirectories(base);
        FlinkDistribution distribution = FlinkDistribution.in(base, version);
        Path directory = Files.createTempDirectory(base, "cluster-" + version + "-");
        FlinkConfiguration configuration =
                FlinkConfiguration.in(directory, highlyAvailable, logLevel);
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

    /**
     * {@code kill -9}: nothing is closed, flushed or said goodbye to. Another one is started in its
     * place. All that were started are waited for before: with fewer slots than subtasks Flink lets
     * these fail for want of slots, twice a second, until there are enough.
     */
    public void killTaskManager(String id) throws IOException, InterruptedException {
        awaitTaskManagers();
        Process process = taskManagers.remove(id);
        assertThat(process).as("TaskManager %s of %s", id, taskManagers).isNotNull();
        process.destroyForcibly().waitFor();
        launchTaskManager();
    }

    /** {@code kill -9}; then another one, until it leads and all TaskManagers are registered. */
    public void replaceJobManager() throws IOException, InterruptedException {
        jobManager.destroyForcibly().waitFor();
        jobManager = jvms.jobManager();
        awaitTaskManagers();
    }

    /** The ids of Flink's processes, by name. */
    public Map<String, Long> processes() {
        Map<String, Long> ids = new LinkedHashMap<>();
        ids.put("JobManager", jobManager.pid());
        taskManagers.forEach((name, process) -> ids.put(name, process.pid()));
        return ids;
    }

    /**
     * Runs statements in Flink's SQL client.
     *
     * @return what it printed
     * @throws AssertionError with the output if a statement failed
     */
    public String sql(String... statements) throws IOException, InterruptedException {
        String name = "sql-client-" + ++clients;
        Process client = sqlClient(name, statements);
        boolean ended = client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        client.destroyForcibly();
        String output = jvms.printed(name);
        assertThat(ended).as("end of %s: %s", name, output).isTrue();
        // Its exit status is 0 though a statement failed.
        assertThat(output).doesNotContain("[ERROR]");
        return output;
    }

    /** Runs statements, the last of which submits a job, and does not wait for its end. */
    public FlinkJob submit(String... statements) throws IOException {
        String name = "sql-client-" + ++clients;
        return job(name, sqlClient(name, statements));
    }

    private Process sqlClient(String name, String... statements) throws IOException {
        Path script = directory.resolve("tmp").resolve(name + ".sql");
        Files.writeString(script, String.join(";\n", statements) + ";\n");
        return jvms.sqlClient(name, script);
    }

    /**
     * Submits a program by the command {@code flink}.
     *
     * @param savepoint null: it starts anew
     */
    public FlinkJob run(JobJar jar, String savepoint, List<String> arguments) throws IOException {
        String name = "flink-run-" + ++clients;
        List<String> command = new ArrayList<>(List.of("run", "--detached"));
        if (savepoint != null) {
            command.addAll(List.of("--fromSavepoint", savepoint));
        }
        command.addAll(List.of("--class", jar.mainClass(), jar.file().toString()));
        command.addAll(arguments);
        return job(name, jvms.commandLine(name, command));
    }

    /** The job as soon as it has an id: it runs while the client still takes its time to end. */
    private FlinkJob job(String client, Process process) {
        submitting.add(process);
        await("the job of " + client)
                .atMost(PATIENCE)
                .failFast(
                        () ->
                                assertThat(process.isAlive() || jobId(client) != null)
                                        .as(() -> jvms.printed(client))
                                        .isTrue())
                .until(() -> jobId(client) != null);
        return new FlinkJob(rest, jobId(client));
    }

    private String jobId(String client) {
        Matcher id = JOB_ID.matcher(jvms.printed(client));
        return id.find() ? id.group(1) : null;
    }

    /** What the REST API, and so the UI, shows at present, by path. */
    public Map<String, String> restAnswers() {
        return new RestAnswers(rest).all();
    }

    /** Ends all processes, by their ids. */
    @Override
    public void close() {
        submitting.forEach(Process::destroyForcibly);
        taskManagers.values().forEach(Process::destroyForcibly);
        jobManager.destroyForcibly();
        if (zooKeeper != null) {
            zooKeeper.destroyForcibly();
        }
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
