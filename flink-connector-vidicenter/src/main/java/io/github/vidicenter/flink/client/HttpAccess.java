package io.github.vidicenter.flink.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where the API is, who asks, and what an exchange may take.
 *
 * @param url API root; see {@link ApiUrl}
 * @param connectTimeout bounds making a connection
 * @param requestTimeout bounds a whole exchange, connection and body included
 * @param directories where answers that are too large for memory are stored
 */
public record HttpAccess(
        URI url,
        String username,
        Token token,
        Duration connectTimeout,
        Duration requestTimeout,
        List<Path> directories) {

    /** Answers that are too large for memory go to the JVM's directory for temporary files. */
    public HttpAccess(
            URI url,
            String username,
            Token token,
            Duration connectTimeout,
            Duration requestTimeout) {
        this(
                url,
                username,
                token,
                connectTimeout,
                requestTimeout,
                List.of(Path.of(System.getProperty("java.io.tmpdir"))));
    }

    /**
     * @throws IllegalArgumentException if the url or the username can't be used
     */
    public HttpAccess {
        if (username.contains(":")) {
            throw new IllegalArgumentException("'username' can't hold a colon, but is " + username);
        }
        url = ApiUrl.of(url.toString());
        directories = List.copyOf(directories);
    }
}
