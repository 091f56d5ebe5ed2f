package io.github.vidicenter.flink.dashboard.web;

import io.undertow.server.handlers.sse.ServerSentEventConnection;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A browser that listens. Events are whole states, so one that is slow gets the latest of each kind
 * and not all of them.
 */
final class Viewer implements ServerSentEventConnection.EventCallback {

    private final ServerSentEventConnection connection;
    private final LocalDate day;
    private final Map<String, String> waiting = new ConcurrentHashMap<>();
    private boolean sending;

    /**
     * @param day which it looks at; null: always today
     */
    Viewer(ServerSentEventConnection connection, LocalDate day) {
        this.connection = connection;
        this.day = day;
    }

    LocalDate day(LocalDate today) {
        return day == null ? today : day;
    }

    void send(String event, String data) {
        waiting.put(event, data);
        sendNext(false);
    }

    private synchronized void sendNext(boolean sent) {
        if (sent) {
            sending = false;
        }
        if (!sending && !waiting.isEmpty()) {
            String event = waiting.keySet().iterator().next();
            sending = true;
            connection.send(waiting.remove(event), event, null, this);
        }
    }

    @Override
    public void done(
            ServerSentEventConnection connection, String data, String event, String eventId) {
        sendNext(true);
    }

    @Override
    public void failed(
            ServerSentEventConnection connection,
            String data,
            String event,
            String eventId,
            IOException e) {
        // The browser went away; the connection's close task forgets it.
    }
}
