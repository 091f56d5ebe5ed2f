package io.github.vidicenter.flink.client;

import io.github.vidicenter.flink.window.TimeResolution;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;

/**
 * Asks each API root for an export and prints the answers: for JVMs with properties of their own.
 */
final class AskEach {

    static final String TOKEN = "tls-t0ken";

    private AskEach() {}

    public static void main(String[] urls) throws InterruptedException {
        ExportRequest request =
                new ExportRequest(
                        new ExportKind("viewers", TimeResolution.HOUR, false, null, null, ""),
                        Selection.of(Selection.Kind.LOCATIONS, List.of(1L)),
                        LocalDateTime.of(2024, 3, 4, 10, 0),
                        LocalDateTime.of(2024, 3, 4, 11, 0));
        for (String url : urls) {
            try (HttpExportApi api =
                    new HttpExportApi(
                            new HttpAccess(
                                    URI.create(url),
                                    "me",
                                    Token.of(TOKEN),
                                    Duration.ofSeconds(30),
                                    Duration.ofSeconds(30),
                                    List.of(Path.of(System.getProperty("java.io.tmpdir")))))) {
                System.out.println("ANSWER " + api.ask(request, false, true));
            }
        }
    }
}
