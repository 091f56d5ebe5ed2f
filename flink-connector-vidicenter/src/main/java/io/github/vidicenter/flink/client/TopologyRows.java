package io.github.vidicenter.flink.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;

/** The objects of a list, one after the other, each with whatever keys the server gives it. */
public final class TopologyRows implements Closeable {

    private static final ObjectMapper JSON = new ObjectMapper(ExportJson.FACTORY);

    private final ExportBody body;
    private JsonParser parser;

    /**
     * @param body a JSON array; closed with this
     */
    TopologyRows(ExportBody body) {
        this.body = body;
    }

    /**
     * The next object; null: there is none left.
     *
     * @throws IOException if the list does not hold objects, or is cut
     */
    public ObjectNode next() throws IOException {
        if (parser == null) {
            parser = JSON.createParser(body.open());
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("the answer is not a JSON array");
            }
        }
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT) {
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
}
