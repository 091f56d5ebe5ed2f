package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an answer in a file is read to its end before its rows are. */
class LargeAnswersTest {

    private static final String ROWS =
            IntStream.range(0, 20_000)
                    .mapToObj(i -> "{\"n\":" + i * 7919 % 20_011 + "}")
                    .collect(Collectors.joining(",", "[", "]"));

    private static final String MALFORMED = ROWS.replace("\"n\":7919}", "\"n\":oops}");

    @TempDir Path directory;

    private Answer read(String json, boolean gzip, boolean wholeFirst) throws Exception {
        return read(gzip ? gzip(json) : json.getBytes(StandardCharsets.UTF_8), gzip, wholeFirst);
    }

    private Answer read(byte[] received, boolean gzip, boolean wholeFirst) throws Exception {
        SpooledFile file = SpooledFile.create(directory);
        try (OutputStream out = file.out()) {
            // Closing the stream would close the file.
            out.write(received);
            return new AnswerReader(new RemoteText(List.of("s3cret")))
                    .read(new SpooledBody(file, received.length, gzip), wholeFirst);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String answer(String beforeRows, String rows) {
        return "{" + beforeRows + "\"data\":" + rows + ",\"creation_date\":\"2024-03-06\"}";
    }

    private static void isFinished(Answer answer, String creationDate, boolean whole) {
        assertThat(answer).isInstanceOf(Answer.Finished.class);
        Answer.Finished finished = (Answer.Finished) answer;
        assertThat(finished.creationDate()).isEqualTo(creationDate);
        assertThat(finished.whole()).isEqualTo(whole);
        finished.body().close();
    }

    @Test
    void isLeftToWhoReadsItsRowsIfItSaysFirstThatItIsFinished() throws Exception {
        isFinished(read(answer("\"state\":\"finished\",", ROWS), true, false), null, false);
        isFinished(
                read(answer("\"creation_date\":\"d\",\"state\":\"finished\",", ROWS), true, false),
                "d",
                false);
        isFinished(read(answer("\"state\":\"finished\",", MALFORMED), true, false), null, false);
    }

    @Test
    void isReadToItsEndWhereThatIsAskedForOrTheStateComesLater() throws Exception {
        String json = answer("\"state\":\"finished\",", ROWS);
        isFinished(read(json, true, true), "2024-03-06", true);
        String late = answer("", ROWS).replace("}]", "}],\"state\":\"finished\"");
        isFinished(read(late, true, false), "2024-03-06", true);
        assertThat(read(answer("\"state\":\"finished\",", MALFORMED), true, true))
                .isInstanceOf(Answer.Broken.class);
        assertThat(read(answer("\"state\":\"failed\",", ROWS), true, false))
                .isInstanceOf(Answer.Failed.class);
    }

    /** Without a checksum it may have broken on the way, with rows that are not what they were. */
    @Test
    void isReadToItsEndIfItHasNoChecksum() throws Exception {
        isFinished(read(answer("\"state\":\"finished\",", ROWS), false, false), "2024-03-06", true);
        assertThat(read(answer("\"state\":\"finished\",", MALFORMED), false, false))
                .isInstanceOf(Answer.Broken.class);
    }

    @Test
    void isNotLeftToAnyoneIfItBrokeOnTheWay() throws Exception {
        byte[] good = gzip(answer("\"state\":\"finished\",", ROWS));
        byte[] wrongSum = good.clone();
        wrongSum[good.length - 8] ^= 1;
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 0x10;
        byte[] cut = java.util.Arrays.copyOf(good, good.length - 20);

        for (byte[] received : List.of(wrongSum, flipped, cut)) {
            assertThat(read(received, true, false)).isInstanceOf(Answer.Broken.class);
        }
    }

    @Test
    void canBeInterruptedWhileItIsVerified() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> read(answer("\"state\":\"finished\",", ROWS), true, false))
                .isInstanceOfAny(InterruptedException.class, IOException.class);
        Thread.interrupted();
    }
}
