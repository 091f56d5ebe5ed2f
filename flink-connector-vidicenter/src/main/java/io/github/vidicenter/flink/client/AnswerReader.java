package io.github.vidicenter.flink.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads what an answer says about its export (API document, "Response's form"), in one pass over
 * the whole document, so that a body that is cut or broken anywhere is found out before a row of it
 * is used. Keys may come in any order; rows and unknown keys are passed over, in constant memory.
 *
 * <p>A large body that says first that it is finished may be left to whoever reads its rows: its
 * checksum tells that it is what the server sent.
 */
final class AnswerReader {

    /** Read of a body that is not what it should be, to quote from. */
    private static final int QUOTED_BYTES = 4_096;

    /** Tokens between two looks at the thread's interrupt. */
    private static final int INTERRUPT_CHECK = 1 << 14;

    private final RemoteText text;

    AnswerReader(RemoteText text) {
        this.text = text;
    }

    /**
     * The keys of the top-level object; null: missing or null.
     *
     * @param whole whether all of them were read
     */
    private record Envelope(
            String state,
            String creationDate,
            String failReason,
            String message,
            boolean data,
            boolean whole) {}

    /**
     * @param body closed here unless the answer is {@link Answer.Finished}
     * @param wholeFirst see {@link ExportApi#ask}
     */
    Answer read(ExportBody body, boolean wholeFirst) throws InterruptedException {
        Answer answer = null;
        try {
            answer = toAnswer(body, readEnvelope(body, wholeFirst || !body.isSealedFile()));
        } catch (JsonProcessingException e) {
            answer = broken(body, "the answer is not whole JSON (" + e.getOriginalMessage() + ")");
        } catch (IOException e) {
            answer = broken(body, "the answer's body is broken (" + text.describe(e) + ")");
        } finally {
            if (!(answer instanceof Answer.Finished)) {
                body.close();
            }
        }
        return answer;
    }

    /** What the body of an answer without an export says: its {@code message}, else a quote. */
    String message(ExportBody body) throws InterruptedException {
        try {
            String message = readEnvelope(body, true).message();
            return message == null ? quote(body) : text.clean(message);
        } catch (IOException e) {
            return quote(body);
        }
    }

    private Answer toAnswer(ExportBody body, Envelope envelope) {
        String creationDate = text.clean(envelope.creationDate());
        String state = envelope.state() == null ? "" : envelope.state();
        return switch (state) {
            case "started", "in_progress" -> new Answer.Pending(state, creationDate);
            case "finished" ->
                    envelope.data()
                            ? new Answer.Finished(body, creationDate, envelope.whole())
                            : broken(body, "the answer is 'finished' but has no 'data'");
            case "failed" -> new Answer.Failed(reason(envelope), creationDate);
            case "" -> broken(body, "the answer has no 'state'");
            default -> broken(body, "the answer has the unknown state '" + state + "'");
        };
    }

    private String reason(Envelope envelope) {
        String reason = envelope.failReason() == null ? envelope.message() : envelope.failReason();
        return reason == null ? "the server gave no reason" : text.clean(reason);
    }

    Answer.Broken broken(ExportBody body, String what) {
        // Exceptions of the parser quote the body, so they don't go along as causes.
        return new Answer.Broken(text.clean(what) + ": " + quote(body), null);
    }

    private Envelope readEnvelope(ExportBody body, boolean wholeFirst)
            throws IOException, InterruptedException {
        String state = null;
        String status = null;
        String creationDate = null;
        String failReason = null;
        String message = null;
        boolean data = false;
        try (InputStream in = body.open();
                JsonParser parser = ExportJson.FACTORY.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case "state" -> state = scalar(parser);
                    case "status" -> status = scalar(parser);
                    case "creation_date" -> creationDate = scalar(parser);
                    case "fail_reason" -> failReason = scalar(parser);
                    case "message" -> message = scalar(parser);
                    case "data" -> data = parser.currentToken() == JsonToken.START_ARRAY;
                    default -> {}
                }
                boolean atRows = key.equals("data") && data;
                if (atRows && !wholeFirst && "finished".equals(state)) {
                    // At its end the stream compares the checksum.
                    in.transferTo(OutputStream.nullOutputStream());
                    return new Envelope(state, creationDate, null, null, true, false);
                }
                skipChildren(parser);
            }
            if (parser.nextToken() != null) {
                throw new IOException("something follows the JSON object");
            }
        }
        return new Envelope(
                state == null ? status : state, creationDate, failReason, message, data, true);
    }

    /** Text of a string, number or boolean; null for the rest. */
    private static String scalar(JsonParser parser) throws IOException {
        return parser.currentToken().isScalarValue()
                        && parser.currentToken() != JsonToken.VALUE_NULL
                ? parser.getText()
                : null;
    }

    private static void skipChildren(JsonParser parser) throws IOException, InterruptedException {
        int depth = parser.currentToken().isStructStart() ? 1 : 0;
        for (int tokens = 1; depth > 0; tokens++) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
            if (tokens % INTERRUPT_CHECK == 0 && Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** The body's beginning. It is cleaned before it is cut, lest a secret be cut in two. */
    private String quote(ExportBody body) {
        try (InputStream in = body.open()) {
            String quote =
                    text.clean(new String(in.readNBytes(QUOTED_BYTES), StandardCharsets.UTF_8));
            return quote.isEmpty() ? "the body is empty" : quote;
        } catch (IOException e) {
            return "the body can't be decompressed";
        }
    }
}
