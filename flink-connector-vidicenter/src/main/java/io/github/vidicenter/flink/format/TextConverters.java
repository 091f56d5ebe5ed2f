package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.vidicenter.flink.client.ExportJson;
import java.io.IOException;
import java.io.StringWriter;
import org.apache.flink.table.data.StringData;

/** Texts and truth values. */
final class TextConverters {

    private TextConverters() {}

    /** STRING takes any value: numbers as they are written, nested ones as JSON. */
    static final class Texts extends ValueConverter {
        private static final ObjectMapper JSON = new ObjectMapper(ExportJson.FACTORY);

        private final int longest;
        private final boolean padded;

        /**
         * @param longest in characters
         * @param padded whether shorter ones are filled up with spaces, as CHAR is
         */
        Texts(int longest, boolean padded) {
            this.longest = longest;
            this.padded = padded;
        }

        @Override
        Object convert(JsonParser parser) throws IOException, DoesNotFit {
            JsonToken token = parser.currentToken();
            boolean nested = token.isStructStart();
            String text = nested ? json(parser) : parser.getText();
            if (padded || text.length() > longest) {
                int length = text.codePointCount(0, text.length());
                if (length > longest) {
                    throw new DoesNotFit('"' + text + '"');
                }
                text = padded ? text + " ".repeat(longest - length) : text;
            }
            hash = nested ? RowHash.of(JSON.readTree(text)) : RowHash.of(text);
            return StringData.fromString(text);
        }

        private static String json(JsonParser parser) throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator generator = ExportJson.FACTORY.createGenerator(text)) {
                generator.copyCurrentStructure(parser);
            }
            return text.toString();
        }
    }

    /** BOOLEAN, also for {@code backup_value}, which is {@code "yes"} or empty. */
    static final class Booleans extends ValueConverter {
        @Override
        Object convert(JsonParser parser) throws IOException, DoesNotFit {
            boolean value = truth(parser);
            hash = value ? 1 : 2;
            return value;
        }

        private static boolean truth(JsonParser parser) throws IOException, DoesNotFit {
            return switch (parser.currentToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_STRING, VALUE_NUMBER_INT ->
                        switch (parser.getText()) {
                            case "yes", "true", "1" -> true;
                            case "", "no", "false", "0" -> false;
                            default -> throw refuse(parser);
                        };
                default -> throw refuse(parser);
            };
        }
    }
}
