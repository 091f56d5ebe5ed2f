package io.github.vidicenter.simulator.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.export.ExportQuery;
import io.github.vidicenter.simulator.export.ExportRows;
import io.github.vidicenter.simulator.http.Answer;
import io.github.vidicenter.simulator.model.Resolution;
import io.github.vidicenter.simulator.type.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongConsumer;

/** Writes the body of an answer about an export, in the dialect that is spoken. */
final class AnswerWriter {

    private interface Part {
        void write() throws IOException;
    }

    private final Set<Dialect> dialect;
    private final long shuffleSeed;
    private final RowWriter rowWriter;
    private final LongConsumer served;

    /**
     * @param shuffleSeed another one at each download
     * @param served takes the number of rows once they are written
     */
    AnswerWriter(Set<Dialect> dialect, ExportQuery query, long shuffleSeed, LongConsumer served) {
        this.dialect = dialect;
        this.shuffleSeed = shuffleSeed;
        this.rowWriter =
                new RowWriter(
                        dialect,
                        query.resolution() == Resolution.FINEST,
                        query.type().printedWithT(),
                        shuffleSeed);
        this.served = served;
    }

    /**
     * @param fields of the answer but its rows, in the document's order
     * @param rows null: no {@code data}
     */
    void write(OutputStream out, Map<String, Object> fields, ExportRows rows) throws IOException {
        try (JsonGenerator json = Answer.JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            Map<String, Part> parts = new LinkedHashMap<>();
            fields.forEach((name, value) -> parts.put(name, () -> json.writePOJO(value)));
            if (dialect.contains(Dialect.UNKNOWN_KEYS)) {
                parts.put("x_trace", () -> json.writePOJO(Map.of("data", List.of(1, "state"))));
            }
            if (rows != null) {
                parts.put("data", () -> writeRows(json, rows));
            }
            json.writeStartObject();
            for (String name : order(parts)) {
                boolean status = name.equals("state") && dialect.contains(Dialect.STATUS_FOR_STATE);
                json.writeFieldName(status ? "status" : name);
                parts.get(name).write();
            }
            json.writeEndObject();
        }
    }

    private List<String> order(Map<String, Part> parts) {
        List<String> names = new ArrayList<>(parts.keySet());
        if (dialect.contains(Dialect.KEYS_SHUFFLED)) {
            Collections.shuffle(names, new Random(shuffleSeed));
        } else if (dialect.contains(Dialect.DATA_FIRST)) {
            Collections.reverse(names);
        }
        return names;
    }

    private void writeRows(JsonGenerator json, ExportRows rows) throws IOException {
        Iterator<Row> iterator =
                dialect.contains(Dialect.ROWS_SHUFFLED)
                        ? rows.shuffled(shuffleSeed)
                        : rows.inOrder();
        long count = 0;
        json.writeStartArray();
        while (iterator.hasNext()) {
            rowWriter.write(json, iterator.next());
            count++;
        }
        json.writeEndArray();
        served.accept(count);
    }
}
