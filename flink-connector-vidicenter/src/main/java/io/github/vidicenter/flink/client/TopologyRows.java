package io.github.vidicenter.flink.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;

/** The objects of a list, one after the other, each with whatever keys the server gives it. */
public final class TopologyRows implements Closeable {

    /** More is no list of an account, and those who ask keep all of it in memory. */
    static final int MAX_ROWS = 1_000_000;

    /** An object has some twenty keys; one at a time is a tree in memory. */
    static final int MAX_ROW_BYTES = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper(ExportJson.FACTORY);

    private final ExportBody body;
    private Bounded parser;
    private int rows;

    /**
     * @param body a JSON array; closed with this
     */
    TopologyRows(ExportBody body) {
        this.body = body;
    }

    /**
     * The next object; null: there is none left.
     *
     * @throws IOException if the list does not hold objects, is cut, or is larger than any could be
     */
    public ObjectNode next() throws IOException {
        if (parser == null) {
            parser = new Bounded(JSON.createParser(body.open()));
            rows = 0;
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("the answer is not a JSON array");
            }
        }
        parser.beginRow();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT) {
            if (++rows > MAX_ROWS) {
                throw new IOException("the list has more than " + MAX_ROWS + " objects");
            }
            return JSON.readTree(parser);
        }
        if (token != JsonToken.END_ARRAY) {
            throw new IOException("the list holds " + token + " in place of an object");
        }
        if (parser.nextToken() != null) {
            throw new IOException("something follows the JSON array");
        }
        return null;
    }

    /** From the beginning again. */
    void rewind() throws IOException {
        if (parser != null) {
            parser.close();
            parser = null;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            rewind();
        } finally {
            body.close();
        }
    }

    /** Ends an object that is too long before all of it is in memory. */
    private static final class Bounded extends JsonParserDelegate {

        private long start;

        Bounded(JsonParser parser) {
            super(parser);
        }

        void beginRow() {
            start = position();
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            if (position() - start > MAX_ROW_BYTES) {
                throw new IOException(
                        "the list holds an object of more than " + MAX_ROW_BYTES + " bytes");
            }
            return token;
        }

        private long position() {
            return currentLocation().getByteOffset();
        }
    }
}
