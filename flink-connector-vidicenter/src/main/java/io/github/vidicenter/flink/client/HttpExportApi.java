package io.github.vidicenter.flink.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The {@code data/} endpoint over HTTP. */
public final class HttpExportApi implements ExportApi {

    private final HttpApi http;

    /**
     * @param url API root; see {@link ApiUrl}
     * @param connectTimeout bounds making a connection
     * @param requestTimeout bounds a whole exchange, connection and body included
     * @param directories where bodies that are too large for memory are stored
     * @throws IllegalArgumentException if the url or the username can't be used
     */
    public HttpExportApi(
            URI url,
            String username,
            Token token,
            Duration connectTimeout,
            Duration requestTimeout,
            List<Path> directories) {
        this.http =
                new HttpApi(
                        url,
                        username,
                        token,
                        connectTimeout,
                        requestTimeout,
                        new BodySpool(directories));
    }

    @Override
    public Answer ask(ExportRequest request, boolean forceRebuild) throws InterruptedException {
        String path =
                "data/?" + request.canonicalQuery() + (forceRebuild ? "&force_rebuild=1" : "");
        return http.<Answer>get(path, (body, reader) -> reader.read(body), trouble -> trouble);
    }

    @Override
    public void abort() {
        http.abort();
    }

    @Override
    public void close() {
        http.close();
    }
}
