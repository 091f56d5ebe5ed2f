package io.github.vidicenter.flink.benchmark.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.vidicenter.flink.format.ExportRows;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.table.data.RowData;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Ways through the same 64 MiB; one operation is the whole of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Decode {

    private static final JsonFactory JACKSON = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private byte[] body;
    private List<byte[]> rows;

    @Setup
    public void setUp() throws Exception {
        ViewersExport export = ViewersExport.create();
        body = export.body();
        rows = export.rows();
    }

    /** What any decoder on Jackson takes at least: the tokens, none of them looked at. */
    @Benchmark
    public int scan() throws Exception {
        int tokens = 0;
        try (JsonParser parser = JACKSON.createParser(new ByteArrayInputStream(body))) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    @Benchmark
    public long connector13(Blackhole blackhole) throws Exception {
        return connector(Decoders.ALL, blackhole);
    }

    @Benchmark
    public long connector3(Blackhole blackhole) throws Exception {
        return connector(Decoders.SOME, blackhole);
    }

    private long connector(List<String> columns, Blackhole blackhole) throws Exception {
        long hashes = 0;
        try (ExportRows<RowData> export = Decoders.connector(body, columns)) {
            while (export.next()) {
                blackhole.consume(export.row());
                hashes += export.rowHash();
            }
        }
        return hashes;
    }

    @Benchmark
    public void flinkParser13(Blackhole blackhole) throws Exception {
        flink(Decoders.flinkParser(Decoders.ALL), blackhole);
    }

    @Benchmark
    public void flinkTree13(Blackhole blackhole) throws Exception {
        flink(Decoders.flinkTree(Decoders.ALL), blackhole);
    }

    @Benchmark
    public void flinkParser3(Blackhole blackhole) throws Exception {
        flink(Decoders.flinkParser(Decoders.SOME), blackhole);
    }

    /** Gets its rows cut out beforehand, for nothing. */
    private void flink(DeserializationSchema<RowData> schema, Blackhole blackhole)
            throws Exception {
        for (byte[] row : rows) {
            blackhole.consume(schema.deserialize(row));
        }
    }

    /** What is written first when one meets such an API: a tree of each row, and its values. */
    @Benchmark
    public void readTree(Blackhole blackhole) throws Exception {
        try (JsonParser parser = JACKSON.createParser(new ByteArrayInputStream(body))) {
            while (parser.nextToken() != JsonToken.START_ARRAY) {
                // Not there yet.
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                JsonNode row = MAPPER.readTree(parser);
                for (String column : Decoders.ALL) {
                    blackhole.consume(row.get(column).asText());
                }
            }
        }
    }
}
