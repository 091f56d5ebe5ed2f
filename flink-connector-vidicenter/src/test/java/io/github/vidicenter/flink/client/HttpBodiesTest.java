package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/** Exports that come, and those that come broken. */
class HttpBodiesTest extends ScriptedServer {

    @Test
    void deliversAFinishedExportWhoseStateComesLast() throws Exception {
        Answer answer = ask(response(200, FINISHED));
        assertThat(((Answer.Finished) answer).creationDate()).isEqualTo("d1");
        assertThat(content(answer)).isEqualTo(FINISHED);
    }

    @Test
    void keepsACompressedBodyAsReceived() throws Exception {
        Buffer zipped = gzip(FINISHED);
        long size = zipped.size();
        Answer answer =
                ask(new MockResponse.Builder().addHeader("Content-Encoding", "gzip").body(zipped));
        assertThat(((Answer.Finished) answer).body().bytes()).isEqualTo(size);
        assertThat(content(answer)).isEqualTo(FINISHED);
    }

    @Test
    void readsAChunkedBody() throws Exception {
        assertThat(content(ask(new MockResponse.Builder().chunkedBody(FINISHED, 5))))
                .isEqualTo(FINISHED);
    }

    @Test
    void storesALargeBodyInAFileAndDeletesIt() throws Exception {
        Answer answer = ask(response(200, largeExport()));
        assertThat(((Answer.Finished) answer).body().bytes()).isGreaterThan(BodySpool.MEMORY_BYTES);
        assertThat(content(answer)).isEqualTo(largeExport());
        assertThat(files()).isZero();
    }

    @Test
    void deletesTheFileOfALargeBodyThatIsNoExport() throws Exception {
        String cut = largeExport().substring(0, BodySpool.MEMORY_BYTES + 100);
        assertThat(broken(ask(response(200, cut))).what()).contains("not whole JSON");
        assertThat(files()).isZero();
        broken(ask(response(200, largeExport()).onResponseBody(new SocketEffect.CloseSocket())));
        assertThat(files()).isZero();
    }

    private static String largeExport() {
        StringBuilder export = new StringBuilder("{\"data\":[0");
        new Random(42)
                .ints(BodySpool.MEMORY_BYTES / 4)
                .forEach(number -> export.append(',').append(number));
        return export.append("],\"state\":\"finished\"}").toString();
    }

    @Test
    void findsOutABodyThatIsCut() throws Exception {
        Buffer zipped = gzip(FINISHED);
        Buffer cut = new Buffer();
        cut.write(zipped, zipped.size() - 9);
        broken(ask(new MockResponse.Builder().addHeader("Content-Encoding", "gzip").body(cut)));

        MockResponse.Builder longer = response(200, FINISHED);
        longer.setHeader("Content-Length", FINISHED.length() + 1);
        longer.onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE);
        broken(ask(longer));

        MockResponse.Builder shorter = response(200, FINISHED);
        shorter.setHeader("Content-Length", FINISHED.length() - 1);
        broken(ask(shorter));

        MockResponse.Builder chunks = new MockResponse.Builder();
        chunks.chunkedBody(FINISHED, 5).onResponseBody(new SocketEffect.CloseSocket());
        broken(ask(chunks));

        MockResponse.Builder brokenChunks = response(200, FINISHED);
        brokenChunks.removeHeader("Content-Length").setHeader("Transfer-Encoding", "chunked");
        broken(ask(brokenChunks));
    }

    @Test
    void findsOutAReset() throws Exception {
        MockResponse.Builder reset = response(200, FINISHED);
        assertThat(broken(ask(reset.onResponseStart(new SocketEffect.CloseSocket()))).cause())
                .isNotNull();
    }

    @Test
    void findsOutWhatIsNoJsonOrWasNotAskedFor() throws Exception {
        assertThat(broken(ask(response(200, "<html>Login " + TOKEN + " " + BASIC))).what())
                .contains("<html>Login ****** ******");
        assertThat(broken(ask(response(204, ""))).what()).contains("empty");
        assertThat(broken(ask(response(200, FINISHED).addHeader("Content-Encoding", "br"))).what())
                .contains("'br'");
    }

    @Test
    void findsOutThatNobodyListens() throws Exception {
        int port = server.getPort();
        server.close();
        try (HttpExportApi other = apiAt("http://127.0.0.1:" + port)) {
            assertThat(broken(other.ask(REQUEST, false, true)).cause())
                    .isInstanceOf(java.net.ConnectException.class);
        }
    }
}
