package io.github.vidicenter.simulator.fault;

import io.github.vidicenter.simulator.http.Answer;
import io.github.vidicenter.simulator.http.ChannelOutputStream;
import io.github.vidicenter.simulator.http.Exchange;
import io.github.vidicenter.simulator.http.Sender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Sends answers as a {@link Fault.OnTheWay} wants it. Holds a whole answer, so keep them small. */
public final class BrokenSender implements Sender {

    private final Fault.OnTheWay fault;

    public BrokenSender(Fault.OnTheWay fault) {
        this.fault = fault;
    }

    @Override
    public void send(Exchange exchange, Answer answer, boolean gzip) throws IOException {
        if (fault instanceof Fault.Reset reset && !reset.inBody()) {
            exchange.reset();
            return;
        }
        byte[] body = body(answer);
        if (fault instanceof Fault.Slow slow) {
            trickle(exchange, answer, body, slow);
        } else if (fault instanceof Fault.BrokenGzip) {
            whole(exchange, answer, damaged(body), Sender.encoding(true));
        } else if (fault instanceof Fault.Truncated cut && cut.cut() == Fault.Cut.JSON) {
            whole(exchange, answer, half(body), Map.of());
        } else if (fault instanceof Fault.Truncated cut && cut.cut() == Fault.Cut.GZIP) {
            whole(exchange, answer, half(compressed(body)), Sender.encoding(true));
        } else {
            half(exchange, answer, body);
        }
    }

    private void half(Exchange exchange, Answer answer, byte[] body) throws IOException {
        boolean length =
                fault instanceof Fault.Truncated cut && cut.cut() == Fault.Cut.CONTENT_LENGTH;
        ChannelOutputStream out =
                exchange.begin(answer, Map.of(), length ? (long) body.length : null);
        out.write(half(body));
        out.send();
        if (fault instanceof Fault.Reset) {
            exchange.reset();
        } else {
            exchange.close();
        }
    }

    private static void whole(
            Exchange exchange, Answer answer, byte[] body, Map<String, String> headers)
            throws IOException {
        try (ChannelOutputStream out = exchange.begin(answer, headers, (long) body.length)) {
            out.write(body);
        }
    }

    private static void trickle(Exchange exchange, Answer answer, byte[] body, Fault.Slow slow)
            throws IOException {
        try (ChannelOutputStream out = exchange.begin(answer, Map.of(), (long) body.length)) {
            for (byte each : body) {
                out.write(each);
                out.send();
                Thread.sleep(slow.pause().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the simulator is closing");
        }
    }

    private static byte[] body(Answer answer) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        answer.body().writeTo(body);
        return body.toByteArray();
    }

    private static byte[] half(byte[] body) {
        return Arrays.copyOf(body, body.length / 2);
    }

    private static byte[] compressed(byte[] body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        }
        return compressed.toByteArray();
    }

    private static byte[] damaged(byte[] body) throws IOException {
        byte[] bytes = compressed(body);
        bytes[bytes.length / 2] ^= 0x55;
        return bytes;
    }
}
