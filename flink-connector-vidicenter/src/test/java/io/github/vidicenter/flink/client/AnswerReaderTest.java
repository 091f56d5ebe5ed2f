package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    private static final String TOKEN = "s3cret";
    private static final AnswerReader READER = new AnswerReader(new RemoteText(List.of(TOKEN, "")));

    private static Answer read(byte[] body, boolean gzip) {
        try {
            return READER.read(new SpooledBody(body, gzip), true);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Answer read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8), false);
    }

    private static String broken(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Broken.class);
        assertThat(((Answer.Broken) answer).cause()).isNull();
        return ((Answer.Broken) answer).what();
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"state\":\"finished\",\"data\":[{\"a\":1}],\"creation_date\":\"d\"}",
                "{\"data\":[{\"a\":[1,{\"state\":\"failed\"}]}],\"creation_date\":\"d\",\"state\":\"finished\"}",
                "{\"creation_date\":\"d\",\"data\":[],\"new\":{\"state\":[1]},\"status\":\"finished\"}",
                " {\"state\":\"finished\",\"status\":\"failed\",\"data\":[{\"a\":NaN,},],\"creation_date\":\"d\",}\n"
            })
    void findsAFinishedExportInAnyOrderOfKeys(String json) throws IOException {
        Answer answer = read(json);
        assertThat(answer).isInstanceOf(Answer.Finished.class);
        Answer.Finished finished = (Answer.Finished) answer;
        assertThat(finished.creationDate()).isEqualTo("d");
        assertThat(finished.body().open().readAllBytes())
                .isEqualTo(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsPendingAndFailed() {
        assertThat(read("{\"state\":\"started\",}")).isEqualTo(new Answer.Pending("started", null));
        assertThat(read("{\"state\":\"in_progress\",\"creation_date\":\"d\",\"data\":[]}"))
                .isEqualTo(new Answer.Pending("in_progress", "d"));
        assertThat(read("{\"fail_reason\":\"too\\nlarge\",\"state\":\"failed\"}"))
                .isEqualTo(new Answer.Failed("too large", null));
        assertThat(read("{\"state\":\"failed\",\"creation_date\":null,\"message\":\"m\"}"))
                .isEqualTo(new Answer.Failed("m", null));
        assertThat(read("{\"state\":\"failed\"}"))
                .isEqualTo(new Answer.Failed("the server gave no reason", null));
    }

    @Test
    void saysWhatIsWrongWithAnAnswer() {
        assertThat(broken(read("<!DOCTYPE html>\n<title>Maintenance</title>")))
                .contains("not whole JSON")
                .contains("<!DOCTYPE html> <title>Maintenance</title>");
        assertThat(broken(read("{\"state\":\"queued\"}"))).contains("unknown state 'queued'");
        assertThat(broken(read("{\"state\":\"\",\"data\":[]}"))).contains("no 'state'");
        assertThat(broken(read("{\"state\":null,\"error\":401}")))
                .contains("no 'state'")
                .contains("401");
        assertThat(broken(read("{\"state\":{\"a\":1},\"data\":[]}"))).contains("no 'state'");
        assertThat(broken(read("{\"state\":\"finished\"}"))).contains("no 'data'");
        assertThat(broken(read("{\"state\":\"finished\",\"data\":null}"))).contains("no 'data'");
        assertThat(broken(read(""))).contains("not a JSON object").contains("empty");
        assertThat(broken(read("[]"))).contains("not a JSON object");
        assertThat(broken(read("{\"state\":\"started\"} {}"))).contains("follows");
    }

    @Test
    void findsOutACutAtAnyByte() throws IOException {
        byte[] json =
                "{\"data\":[{\"a\":\"ü\",\"b\":[1.5,null]}],\"state\":\"finished\"}"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] zipped = gzip(new String(json, StandardCharsets.UTF_8));
        for (int length = 0; length < json.length; length++) {
            broken(read(Arrays.copyOf(json, length), false));
        }
        for (int length = 0; length < zipped.length; length++) {
            broken(read(Arrays.copyOf(zipped, length), true));
        }
        assertThat(read(zipped, true)).isInstanceOf(Answer.Finished.class);
    }

    @Test
    void findsOutADamagedGzip() throws IOException {
        byte[] zipped = gzip("{\"state\":\"finished\",\"data\":[]}");
        zipped[zipped.length - 6] ^= 1;
        assertThat(broken(read(zipped, true))).contains("GZIP trailer");
        assertThat(broken(read("{\"state\":\"started\"}".getBytes(StandardCharsets.UTF_8), true)))
                .contains("GZIP");
    }

    @Test
    void keepsNothingOfWhatIsTooLongOrTooDeep() {
        String open = "{\"state\":\"finished\",\"data\":[{\"a\":";
        assertThat(broken(read(open + "[".repeat(100_000)))).contains("depth");
        assertThat(broken(read("{\"state\":\"" + "x".repeat(2 << 20) + "\"}")))
                .contains("length")
                .hasSizeLessThan(1_000);
        assertThat(broken(read("{\"" + "x".repeat(2_000) + "\":1,\"state\":\"started\"}")))
                .contains("length");
        assertThat(read(open + "\"" + "x".repeat(2 << 20) + "\"}]}"))
                .as("a string that nobody asks for")
                .isInstanceOf(Answer.Finished.class);
    }

    @Test
    void neverRepeatsCredentials() {
        String echo = "Authorization: Basic " + TOKEN;
        assertThat(broken(read(echo))).contains("******").doesNotContain(TOKEN);
        assertThat(broken(read(TOKEN))).doesNotContain(TOKEN);
        assertThat(broken(read("x".repeat(198) + TOKEN))).doesNotContain("s3");
        assertThat(broken(read("{\"state\":\"" + TOKEN + "\"}"))).doesNotContain(TOKEN);
        assertThat(read("{\"state\":\"failed\",\"fail_reason\":\"" + TOKEN + "\"}"))
                .isEqualTo(new Answer.Failed("******", null));
    }

    @Test
    void canBeInterruptedInALongAnswer() {
        byte[] json =
                ("{\"data\":[" + "1,".repeat(100_000) + "1],\"state\":\"finished\"}")
                        .getBytes(StandardCharsets.UTF_8);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> READER.read(new SpooledBody(json, false), true))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void findsTheMessageOfAnAnswerWithoutAnExport() throws InterruptedException {
        String json = "{\"message\": \"Invalid API Token\", \"error\": 401}";
        assertThat(message(json)).isEqualTo("Invalid API Token");
        assertThat(message("{\"detail\":\"no\"}")).isEqualTo("{\"detail\":\"no\"}");
        assertThat(message("<h1>Bad gateway")).isEqualTo("<h1>Bad gateway");
        assertThat(message("")).isEqualTo("the body is empty");
    }

    private static String message(String body) throws InterruptedException {
        return READER.message(new SpooledBody(body.getBytes(StandardCharsets.UTF_8), false));
    }
}
