package io.github.vidicenter.flink.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.vidicenter.flink.format.ExportContext;
import io.github.vidicenter.flink.format.RowReader;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import io.github.vidicenter.flink.window.LocalTimes;
import java.io.IOException;
import java.time.LocalDateTime;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** A user's own deserializer: a viewer as the text "location dwell time". */
final class UploadedText implements VidiCenterDeserializer<String> {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public RowReader<String> createReader(ExportContext context) {
        return new RowReader<>() {
            private long periodStart;
            private String text;

            @Override
            public String read(JsonParser parser) throws IOException {
                JsonNode row = JSON.readTree(parser);
                String start = row.get("period_start").asText().replace(' ', 'T');
                periodStart = LocalTimes.toMillis(LocalDateTime.parse(start));
                text =
                        row.get("location_id").asText()
                                + " "
                                + row.get("dwell_time_in_tenths_of_sec").asText();
                return text;
            }

            @Override
            public long periodStart() {
                return periodStart;
            }

            @Override
            public long rowHash() {
                return text.hashCode();
            }

            @Override
            public long keyHash() {
                return 0;
            }

            @Override
            public boolean keyed() {
                return false;
            }
        };
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }
}
