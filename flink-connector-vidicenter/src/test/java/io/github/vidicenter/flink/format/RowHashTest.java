package io.github.vidicenter.flink.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

/** Hashes are in checkpoints, so they may never change. */
class RowHashTest {

    @Test
    void valuesArePinned() throws Exception {
        assertThat(hash(all(), row("1056", "66.5", "\"a\"")))
                .as("a change would make restored jobs emit rows again")
                .isEqualTo(PINNED);
    }

    private static final long PINNED = 1905358245741151793L;

    @Test
    void orderOfKeysAndFormOfNumbersDoNotMatter() throws Exception {
        long hash = hash(all(), row("1056", "66.5", "\"a\""));

        assertThat(hash(all(), row("\"1056\"", "\"66.50\"", "\"a\""))).isEqualTo(hash);
        assertThat(hash(all(), row("1056.0", "6.65e1", "\"a\""))).isEqualTo(hash);
        assertThat(
                        hash(
                                all(),
                                "{\"text\":\"a\",\"new\":1,\"ratio\":66.5,\"location_id\":1056,"
                                        + Decoding.START.replace(' ', 'T')
                                        + "}"))
                .isEqualTo(hash);
    }

    @Test
    void everyValueMatters() throws Exception {
        assertThat(
                        new long[] {
                            hash(all(), row("1056", "66.5", "\"a\"")),
                            hash(all(), row("1057", "66.5", "\"a\"")),
                            hash(all(), row("1056", "66.6", "\"a\"")),
                            hash(all(), row("1056", "66.5", "\"b\"")),
                            hash(all(), row("1056", "66.5", "null")),
                            hash(all(), row("1056", "null", "\"a\"")),
                            hash(all(), row("1056", "66.5", "\"a\"").replace("10:00", "10:05"))
                        })
                .doesNotHaveDuplicates();
    }

    @Test
    void theColumnOfAValueMatters() throws Exception {
        Decoding decoding = Decoding.of("gender", DataTypes.INT()).field("age", DataTypes.INT());
        String row = "{" + Decoding.START + ",\"gender\":%s,\"age\":%s}";

        assertThat(
                        new long[] {
                            hash(decoding, row.formatted(1, 2)),
                            hash(decoding, row.formatted(2, 1)),
                            hash(decoding, row.formatted("null", 1)),
                            hash(decoding, row.formatted(1, "null")),
                            hash(decoding, row.formatted(0, 0)),
                            hash(decoding, row.formatted("null", "null"))
                        })
                .doesNotHaveDuplicates();
    }

    @Test
    void withoutColumnsTheStartIsLeft() throws Exception {
        assertThat(hash(new Decoding(), row("1", "2", "\"a\"")))
                .isEqualTo(hash(new Decoding(), row("3", "4", "\"b\"")));
    }

    @Test
    void nestedValuesMatterButTheirKeysOrderDoesNot() throws Exception {
        DataType contents =
                DataTypes.ARRAY(
                        DataTypes.ROW(
                                DataTypes.FIELD("id", DataTypes.STRING()),
                                DataTypes.FIELD("time", DataTypes.INT())));
        String start = "{" + Decoding.START + ",\"contents\":";

        long hash = hash(Decoding.of("contents", contents), start + "[{\"id\":\"a\",\"time\":1}]}");

        assertThat(
                        hash(
                                Decoding.of("contents", contents),
                                start + "[{\"time\":1.0,\"id\":\"a\"}]}"))
                .isEqualTo(hash);
        assertThat(hash(Decoding.of("contents", contents), start + "[{\"id\":\"a\",\"time\":2}]}"))
                .isNotEqualTo(hash);
        assertThat(
                        hash(
                                Decoding.of("contents", contents),
                                start + "[{\"id\":\"a\",\"time\":1},{\"id\":\"a\",\"time\":1}]}"))
                .isNotEqualTo(hash);
    }

    /** As in the two forms that two downloads of one export may have. */
    @Test
    void nestedValuesAsTextAreTheSameHoweverTheyAreWritten() throws Exception {
        long hash = hashOfText("[{\"id\":1,\"timings\":[{\"start\":2.0}]},null]");

        assertThat(hashOfText("[ {\"timings\":[{\"start\":2}],\"id\":1.0}, null ]"))
                .isEqualTo(hash);
        for (String other :
                new String[] {
                    "[{\"id\":1,\"timings\":[{\"start\":3}]},null]",
                    "[{\"id\":1,\"timings\":{\"start\":2}},null]",
                    "[{\"id\":1,\"timings\":[{\"end\":2}]},null]",
                    "[null,{\"id\":1,\"timings\":[{\"start\":2}]}]",
                    "[{\"id\":1,\"timings\":[{\"start\":2}]}]"
                }) {
            assertThat(hashOfText(other)).as(other).isNotEqualTo(hash);
        }
    }

    private static long hashOfText(String json) throws IOException {
        return hash(
                Decoding.of("visits", DataTypes.STRING()),
                "{" + Decoding.START + ",\"visits\":" + json + "}");
    }

    @Test
    void theNaturalKeyIsOfItsValuesAlone() throws Exception {
        Decoding watchers = Decoding.of("watcher_count", DataTypes.INT());
        String row = "{\"location_id\":%s,%s,\"watcher_count\":%s}";

        long key = keyHash(watchers, row.formatted("1056", Decoding.START, "1"));

        assertThat(keyHash(watchers, row.formatted("\"1056\"", Decoding.START, "2")))
                .isEqualTo(key);
        assertThat(keyHash(watchers, row.formatted("1056.0", Decoding.START, "2"))).isEqualTo(key);
        assertThat(keyHash(watchers, row.formatted("1057", Decoding.START, "1"))).isNotEqualTo(key);
        assertThat(
                        keyHash(
                                watchers,
                                row.formatted("1056", Decoding.START.replace("10:", "11:"), "1")))
                .isNotEqualTo(key);
        assertThat(
                        Decoding.of("watcher_count", DataTypes.INT())
                                .option("time-resolution", "finest")
                                .option("data-type", "viewers")
                                .reader()
                                .keyed())
                .isFalse();
    }

    private static Decoding all() {
        return Decoding.of("location_id", DataTypes.BIGINT())
                .field("ratio", DataTypes.DOUBLE())
                .field("text", DataTypes.STRING());
    }

    private static String row(String id, String ratio, String text) {
        return "{"
                + Decoding.START
                + ",\"location_id\":"
                + id
                + ",\"ratio\":"
                + ratio
                + ",\"text\":"
                + text
                + "}";
    }

    private static long hash(Decoding decoding, String row) throws IOException {
        RowReader<RowData> reader = decoding.reader();
        Decoding.rows(reader, row);
        return reader.rowHash();
    }

    private static long keyHash(Decoding decoding, String row) throws IOException {
        RowReader<RowData> reader = decoding.reader();
        Decoding.rows(reader, row);
        assertThat(reader.keyed()).isTrue();
        return reader.keyHash();
    }
}
