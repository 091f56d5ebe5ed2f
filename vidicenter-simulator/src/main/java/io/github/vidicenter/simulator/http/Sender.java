package io.github.vidicenter.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A way of sending an answer: whole, or broken as a fault wants it. */
public interface Sender {

    /**
     * @param gzip whether the body is to be compressed
     * @throws IOException if the client has gone
     */
    void send(Exchange exchange, Answer answer, boolean gzip) throws IOException;

    /** Sends all of it. */
    Sender WHOLE =
            (exchange, answer, gzip) -> {
                try (OutputStream out = exchange.begin(answer, encoding(gzip), null)) {
                    if (gzip) {
                        GZIPOutputStream compressed = new GZIPOutputStream(out, 8192);
                        answer.body().writeTo(compressed);
                        compressed.finish();
                    } else {
                        answer.body().writeTo(out);
                    }
                }
            };

    static Map<String, String> encoding(boolean gzip) {
        return gzip ? Map.of("Content-Encoding", "gzip") : Map.of();
    }
}
