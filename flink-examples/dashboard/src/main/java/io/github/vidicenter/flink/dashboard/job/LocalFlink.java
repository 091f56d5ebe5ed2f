package io.github.vidicenter.flink.dashboard.job;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/** A Flink in this process, with its REST API and web UI, and with checkpoints in a directory. */
record LocalFlink(StreamExecutionEnvironment environment, URI rest, Path checkpoints) {

    private static final int PARALLELISM = 2;
    private static final String HOST = "localhost";

    static LocalFlink create() throws IOException {
        int port = freePort();
        Path checkpoints = Files.createTempDirectory("vidicenter-dashboard");
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.PORT, port);
        configuration.set(RestOptions.ADDRESS, HOST);
        configuration.set(RestOptions.BIND_ADDRESS, HOST);
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofSeconds(1));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(configuration);
        environment.setParallelism(PARALLELISM);
        environment.enableCheckpointing(Duration.ofSeconds(10).toMillis());
        return new LocalFlink(
                environment, URI.create("http://" + HOST + ":" + port + "/"), checkpoints);
    }

    void deleteCheckpoints() {
        FileUtils.deleteDirectoryQuietly(checkpoints.toFile());
    }

    /** Any: a well-known one may be taken until Flink is up. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }
}
