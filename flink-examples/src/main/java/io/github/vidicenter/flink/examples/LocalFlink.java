package io.github.vidicenter.flink.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink in this process, with its web UI. It does not checkpoint: results would be held back
 * until the next one. System properties {@code flink.<option>} configure it.
 */
record LocalFlink(StreamExecutionEnvironment environment, String webUi) {

    private static final int PARALLELISM = 2;
    private static final String HOST = "localhost";
    private static final String PREFIX = "flink.";

    static LocalFlink create() throws IOException {
        int port = freePort(RestOptions.PORT.defaultValue());
        Configuration configuration = options(System.getProperties());
        configuration.set(RestOptions.PORT, port);
        configuration.set(RestOptions.ADDRESS, HOST);
        configuration.set(RestOptions.BIND_ADDRESS, HOST);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(configuration);
        environment.setParallelism(PARALLELISM);
        return new LocalFlink(environment, "http://" + HOST + ":" + port);
    }

    /** What went wrong at first: Flink wraps it several times. */
    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private static Configuration options(Properties properties) {
        Configuration options = new Configuration();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                options.setString(name.substring(PREFIX.length()), properties.getProperty(name));
            }
        }
        return options;
    }

    private static int freePort(int wanted) throws IOException {
        InetAddress address = InetAddress.getByName(HOST);
        try (ServerSocket socket = new ServerSocket(wanted, 1, address)) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket socket = new ServerSocket(0, 1, address)) {
                return socket.getLocalPort();
            }
        }
    }
}
