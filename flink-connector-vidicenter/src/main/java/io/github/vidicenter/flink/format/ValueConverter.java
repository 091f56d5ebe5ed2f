package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Turns the JSON values of one column into Flink's internal form of its SQL type. */
abstract class ValueConverter {

    /** Of the value converted last, the same for equal values whatever their form was in JSON. */
    long hash;

    /**
     * Converts a value, and sets {@link #hash}.
     *
     * @param parser at the value, which is not null; left at its last token
     * @throws DoesNotFit if the value can't be converted without loss
     */
    abstract Object convert(JsonParser parser) throws IOException, DoesNotFit;

    /** For columns of simple types: the value is passed over and refused. */
    static DoesNotFit refuse(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            parser.skipChildren();
            return new DoesNotFit(token == JsonToken.START_OBJECT ? "an object" : "an array");
        }
        return new DoesNotFit(
                token == JsonToken.VALUE_STRING ? '"' + parser.getText() + '"' : parser.getText());
    }

    /** A value that a column can't hold. */
    static final class DoesNotFit extends Exception {
        private static final long serialVersionUID = 1L;
        private static final int LONGEST = 200;

        /**
         * @param value as it was written
         */
        DoesNotFit(String value) {
            super(
                    value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value,
                    null,
                    false,
                    false);
        }
    }
}
