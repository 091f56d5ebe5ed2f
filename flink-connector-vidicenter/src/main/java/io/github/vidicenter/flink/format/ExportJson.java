package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/** How exports are parsed. */
final class ExportJson {

    /**
     * Takes trailing commas, as the API document's examples have them, and bounds what one token or
     * one row's nesting may take; the length of a whole answer is free. Names are canonical within
     * a parser, which the reading of rows relies on, and need no interning beyond it.
     */
    static final JsonFactory FACTORY =
            new JsonFactoryBuilder()
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(100)
                                    .maxNameLength(1_000)
                                    .maxNumberLength(1_000)
                                    .maxStringLength(10_000_000)
                                    .build())
                    .build();

    private ExportJson() {}
}
