package io.github.vidicenter.flink.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.client.ExportRequest;
import io.github.vidicenter.flink.client.Step;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told of exports that can't be had, and whether they fail the job or are skipped. */
final class ExportFailures {

    private static final Logger LOG = LoggerFactory.getLogger(ExportFailures.class);

    private final ReaderParts<?> reader;

    ExportFailures(ReaderParts<?> reader) {
        this.reader = reader;
    }

    boolean failsJob(Step step) {
        return step instanceof Step.Fail fail
                && (fail.fatal() || !reader.config().protocol().skipFailed());
    }

    /**
     * @throws IOException unless what was asked for is to be skipped
     */
    void giveUp(ExportRequest request, Step.Fail fail) throws IOException {
        String what =
                String.format(
                        "The export %s failed for good: %s",
                        request.canonicalQuery(), fail.reason());
        if (failsJob(fail)) {
            throw new IOException(
                    fail.fatal()
                            ? what
                            : what
                                    + ". To go on without such exports set 'export.on-failure' ="
                                    + " 'skip'.");
        }
        LOG.warn("{}. Skipped, as 'export.on-failure' says.", what);
        reader.metrics().exportsSkipped.inc();
    }

    /** What does not decode now would not the next time, so this fails the job at once. */
    IOException unreadable(ExportRequest request, Exception cause) {
        reader.permits().leave();
        return new IOException(
                String.format(
                        "The export %s can't be read: %s",
                        request.canonicalQuery(), cause.getMessage()),
                cause);
    }

    /** An answer that was not known to be whole, and breaks off among its rows. */
    Answer.Broken brokenOff(ExportRequest request, IOException cause) {
        String what =
                "the answer breaks off among its rows, "
                        + (cause instanceof JsonProcessingException json
                                // The parser's words may quote the answer.
                                ? "malformed at byte " + json.getLocation().getByteOffset()
                                : cause.getMessage());
        LOG.warn("The export {} is of no use: {}", request.canonicalQuery(), what);
        return new Answer.Broken(what, null);
    }
}
