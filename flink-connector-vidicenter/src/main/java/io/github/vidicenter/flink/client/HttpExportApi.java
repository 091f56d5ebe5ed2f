package io.github.vidicenter.flink.client;

/** The {@code data/} endpoint over HTTP. */
public final class HttpExportApi implements ExportApi {

    private final HttpApi http;

    public HttpExportApi(HttpAccess access) {
        this.http = new HttpApi(access, new BodySpool(access.directories()));
    }

    @Override
    public Answer ask(ExportRequest request, boolean forceRebuild, boolean wholeFirst)
            throws InterruptedException {
        String path =
                "data/?" + request.canonicalQuery() + (forceRebuild ? "&force_rebuild=1" : "");
        return http.<Answer>get(
                path, (body, reader) -> reader.read(body, wholeFirst), trouble -> trouble);
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
