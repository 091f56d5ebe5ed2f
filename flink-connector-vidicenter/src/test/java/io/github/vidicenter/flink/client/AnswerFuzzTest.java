package io.github.vidicenter.flink.client;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/** Whatever a server answers becomes an answer, and shows no credentials. */
class AnswerFuzzTest {

    private static final String TOKEN = "s3cret-t0ken";

    @FuzzTest(maxDuration = "10m")
    void becomesAnAnswer(FuzzedDataProvider data) throws InterruptedException {
        boolean gzip = data.consumeBoolean();
        byte[] body = data.consumeRemainingAsBytes();
        AnswerReader reader = new AnswerReader(new RemoteText(List.of(TOKEN)));

        Answer answer = reader.read(new SpooledBody(body, gzip), false);
        String message = reader.message(new SpooledBody(body, gzip));

        if (answer.toString().contains(TOKEN) || message.contains(TOKEN)) {
            throw new AssertionError("shows the token: " + answer);
        }
        if (message.length() > RemoteText.MAX_LENGTH + 1) {
            throw new AssertionError("a message of " + message.length() + " characters");
        }
    }
}
