package io.github.vidicenter.flink.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/** How the API's JSON is read, in each pass over an answer alike. */
public final class ExportJson {

    /** No key, name or reason comes near this; a longer one is not kept in memory. */
    private static final int MAX_STRING_LENGTH = 1 << 20;

    private static final int MAX_NESTING_DEPTH = 64;
    private static final int MAX_NAME_LENGTH = 1_000;
    private static final int MAX_NUMBER_LENGTH = 400;

    /**
     * Trailing commas are in the API document's printed answers. {@code NaN} is what common Python
     * servers write for a ratio without a base: it is the column's matter, not the document's.
     */
    public static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    // Interned names of unknown keys would stay for the life of the JVM.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(MAX_STRING_LENGTH)
                                    .maxNestingDepth(MAX_NESTING_DEPTH)
                                    .maxNameLength(MAX_NAME_LENGTH)
                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                    .build())
                    .build();

    private ExportJson() {}
}
