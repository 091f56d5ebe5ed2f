package io.github.vidicenter.flink.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Rows of random keys in random orders, some missing, null, unknown, long or nested, over many
 * blocks of the parser: read as a stream they hold what a tree of each row holds.
 */
class RandomRowsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> NUMBERS = List.of("a", "b", "c");

    @RepeatedTest(20)
    void rowsHoldWhatTheirTreesHold() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the rows: " + seed);
        Random random = new Random(seed);
        String[] rows = new String[1 + random.nextInt(400)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(random);
        }
        Decoding decoding =
                Decoding.of("period_start", DataTypes.TIMESTAMP(3))
                        .field("a", DataTypes.BIGINT())
                        .field("b", DataTypes.DOUBLE())
                        .field("c", DataTypes.DOUBLE())
                        .field("text", DataTypes.STRING())
                        .metadata(MetadataColumn.RECORD);

        List<RowData> decoded = Decoding.rows(decoding.reader(), rows);

        assertThat(decoded).hasSameSizeAs(rows);
        for (int i = 0; i < rows.length; i++) {
            JsonNode tree = MAPPER.readTree(rows[i]);
            RowData row = decoded.get(i);
            assertThat(row.getTimestamp(0, 3))
                    .isEqualTo(
                            TimestampData.fromLocalDateTime(
                                    LocalDateTime.parse(tree.get("period_start").asText())));
            assertThat(row.isNullAt(1) ? null : row.getLong(1))
                    .isEqualTo(tree.hasNonNull("a") ? tree.get("a").asLong() : null);
            for (int field = 2; field <= 3; field++) {
                JsonNode value = tree.get(NUMBERS.get(field - 1));
                assertThat(row.isNullAt(field) ? null : row.getDouble(field))
                        .isEqualTo(value == null || value.isNull() ? null : value.asDouble());
            }
            assertThat(row.isNullAt(4) ? null : row.getString(4).toString())
                    .isEqualTo(tree.hasNonNull("text") ? tree.get("text").asText() : null);
            assertThat(row.getString(5)).hasToString(rows[i]);
        }
    }

    private static String row(Random random) throws Exception {
        List<String> keys = new ArrayList<>(List.of("a", "b", "c", "text", "new", "nested"));
        Collections.shuffle(keys, random);
        keys = new ArrayList<>(keys.subList(0, random.nextInt(keys.size() + 1)));
        keys.add(random.nextInt(keys.size() + 1), "period_start");
        ObjectNode row = MAPPER.createObjectNode();
        for (String key : keys) {
            switch (key) {
                case "period_start" ->
                        row.put(
                                key,
                                LocalDateTime.parse("2024-01-01T00:00:01")
                                        .plusSeconds(random.nextInt(31_000_000))
                                        .withSecond(1 + random.nextInt(59))
                                        .toString());
                case "a" -> row.put(key, random.nextLong() >> random.nextInt(64));
                case "b" -> row.put(key, random.nextInt(4) / 2.0);
                case "c" -> row.put(key, Double.longBitsToDouble(finite(random)));
                case "text", "new" ->
                        row.put(key, "ä\"{}".repeat(random.nextInt(1 << random.nextInt(12))));
                default -> row.putArray(key).addObject().put("a", 1).putNull("period_start");
            }
            if (!key.equals("period_start") && random.nextInt(8) == 0) {
                row.putNull(key);
            }
        }
        return MAPPER.writeValueAsString(row);
    }

    private static long finite(Random random) {
        long bits = random.nextLong();
        return Double.isFinite(Double.longBitsToDouble(bits)) ? bits : 0;
    }
}
