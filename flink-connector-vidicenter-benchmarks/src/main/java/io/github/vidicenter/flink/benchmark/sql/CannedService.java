package io.github.vidicenter.flink.benchmark.sql;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/**
 * A service with one export, made beforehand: the time it takes to make rows is no part of what is
 * measured. Every other call finds the export finished. Keys come as in the API document's example.
 */
final class CannedService implements AutoCloseable {

    private static final byte[] STARTED = "{\"state\":\"started\"}".getBytes();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final AtomicInteger calls = new AtomicInteger();
    private final byte[] compressed;

    /**
     * @param times how often the rows come
     */
    CannedService(List<byte[]> rows, int times) throws IOException {
        compressed = answer(rows, times);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/data/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean started = calls.getAndIncrement() % 2 == 0;
        byte[] body = started ? STARTED : compressed;
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (!started) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static byte[] answer(List<byte[]> rows, int times) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new BufferedOutputStream(new GZIPOutputStream(bytes))) {
            out.write("{\"state\":\"finished\",\"data\":".getBytes());
            byte separator = '[';
            for (byte[] row : rows) {
                for (int i = 0; i < times; i++) {
                    out.write(separator);
                    out.write(row);
                    separator = ',';
                }
            }
            out.write("],\"creation_date\":\"2024-02-01 03:04:05\"}".getBytes());
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
