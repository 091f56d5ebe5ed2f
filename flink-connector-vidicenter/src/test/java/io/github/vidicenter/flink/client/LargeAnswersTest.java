package io.github.vidicenter.flink.client;

import static io.github.vidicenter.flink.client.AnswerReaderTest.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an answer in a file is read to its end before its rows are. */
class LargeAnswersTest {

    private static final String ROWS =
            IntStream.range(0, 20_000)
                    .mapToObj(i -> "{\"n\":" + i * 7919 % 20_011 + "}")
                    .collect(Collectors.joining(",", "[", "]"));

    private static final String MALFORMED = ROWS.replace("\"n\":7919}", "\"n\":oops}");

    private static final AnswerReader READER = new AnswerReader(new RemoteText(List.of("s3cret")));

    @TempDir Path directory;

    private Answer read(String json, boolean gzip, boolean wholeFirst) throws Exception {
        return read(gzip ? gzip(json) : json.getBytes(StandardCharsets.UTF_8), gzip, wholeFirst);
    }

    private Answer read(byte[] received, boolean gzip, boolean wholeFirst) throws Exception {
        SpooledBody body = body(received, gzip);
        try {
            return READER.read(body, wholeFirst);
        } finally {
            body.close();
        }
    }

    private SpooledBody body(byte[] received, boolean gzip) throws IOException {
        SpooledFile file = SpooledFile.create(directory);
        file.out().write(received);
        return new SpooledBody(file, received.length, gzip);
    }

    private static String answer(String beforeRows, String rows) {
        return "{" + beforeRows + "\"data\":" + rows + ",\"creation_date\":\"2024-03-06\"}";
    }

    private static void isFinished(Answer answer, String creationDate, boolean whole) {
        assertThat(answer).isInstanceOf(Answer.Finished.class);
        Answer.Finished finished = (Answer.Finished) answer;
        assertThat(finished.creationDate()).isEqualTo(creationDate);
        assertThat(finished.whole()).isEqualTo(whole);
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
        byte[] cut = Arrays.copyOf(good, good.length - 20);

        for (byte[] received : List.of(wrongSum, flipped, cut)) {
            assertThat(read(received, true, false)).isInstanceOf(Answer.Broken.class);
        }
    }

    /** Reading a file ends with the thread's interrupt, which is left to who waits next. */
    @Test
    void doesNotHoldUpAThreadThatIsInterrupted() throws Exception {
        byte[] received = gzip(answer("\"state\":\"finished\",", ROWS));
        SpooledBody body = body(received, true);
        Thread.currentThread().interrupt();
        Answer answer = READER.read(body, false);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(answer).isInstanceOf(Answer.Broken.class);
    }
}
