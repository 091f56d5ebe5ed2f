package io.github.vidicenter.flink.reader;

import static io.github.vidicenter.flink.window.LocalTimes.toMillis;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.client.BuildTimes;
import io.github.vidicenter.flink.client.ExportApi;
import io.github.vidicenter.flink.client.ExportBody;
import io.github.vidicenter.flink.client.ExportProtocol;
import io.github.vidicenter.flink.client.ExportRequest;
import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.event.PermitReleased;
import io.github.vidicenter.flink.event.PermitRequested;
import io.github.vidicenter.flink.event.ReaderFails;
import io.github.vidicenter.flink.format.ExportContext;
import io.github.vidicenter.flink.format.RowReader;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import io.github.vidicenter.flink.quota.CallResult;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.split.ExportSplitSerializer;
import io.github.vidicenter.flink.window.WindowGrid;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;

/** Reads one split against a server that the test plays: two locations over two hours. */
abstract class PlayedServer {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String FIRST_BUILD = "2024-03-06 12:00:00";

    final OptionsOf options =
            OptionsOf.viewers()
                    .with("time-resolution", "1h")
                    .with("locations", "1,2")
                    .with("poll.min-interval", "1 ms")
                    .with("poll.max-interval", "1 ms")
                    .with("scan.start", "2024-03-04T00:00:00")
                    .with("scan.end", "2024-03-04T02:00:00");

    final List<String> asked = new ArrayList<>();
    final List<Boolean> wholeFirst = new ArrayList<>();
    final List<CallResult> released = new ArrayList<>();
    final List<SourceEvent> reports = new ArrayList<>();
    final List<FakeBody> bodies = new ArrayList<>();
    final List<String> emitted = new ArrayList<>();
    final ReaderMetrics metrics =
            new ReaderMetrics(
                    InternalSourceReaderMetricGroup.mock(
                            UnregisteredMetricsGroup.createOperatorMetricGroup()));
    final Map<String, SplitState> states = new HashMap<>();
    Function<ExportRequest, Answer> server;
    SplitState state;
    boolean keyed = true;
    boolean left;
    boolean leftBeforeTheLastRelease;

    ExportSplit split() {
        VidiCenterConfig config = options.read();
        WindowGrid windows =
                config.windows(
                        toMillis(LocalDateTime.parse("2024-03-04T00:00")),
                        toMillis(config.scan().end().resolve(null)));
        return ExportSplit.of(
                config.kind(),
                windows,
                ExportPart.toRead(config.selection(), windows.start(), windows.end(), false));
    }

    static ExportSplit copy(ExportSplit split) throws IOException {
        ExportSplitSerializer serializer = new ExportSplitSerializer();
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
    }

    boolean readToEnd(ExportSplit split) throws Exception {
        ExportSplitReader<String> reader = reader(split);
        for (int fetch = 0; fetch < 100; fetch++) {
            if (!drain(reader.fetch()).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    ExportSplitReader<String> reader(ExportSplit split) {
        Permits[] permits = new Permits[1];
        permits[0] =
                new Permits(
                        1,
                        event -> {
                            if (event instanceof PermitRequested request) {
                                permits[0].granted(request.request().id(), 0);
                            } else if (event instanceof PermitReleased release) {
                                released.add(release.result());
                                leftBeforeTheLastRelease = left;
                            } else if (event instanceof ReaderFails) {
                                left = true;
                            }
                        });
        permits[0].open();
        ExportSplitReader<String> reader =
                new ExportSplitReader<>(parts(permits[0], options.read()));
        state = new SplitState(split);
        states.put(split.splitId(), state);
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
        return reader;
    }

    ReaderParts<String> parts(Permits permits, VidiCenterConfig config) {
        ExportApi api =
                new ExportApi() {
                    @Override
                    public Answer ask(ExportRequest request, boolean forceRebuild, boolean whole) {
                        wholeFirst.add(whole);
                        asked.add(request.canonicalQuery() + (forceRebuild ? "&force" : ""));
                        return server.apply(request);
                    }

                    @Override
                    public void abort() {}

                    @Override
                    public void close() {}
                };
        ExportProtocol protocol =
                new ExportProtocol(
                        new ExportProtocol.Policy(
                                config.protocol().pollMinInterval(),
                                config.protocol().pollMaxInterval(),
                                config.protocol().exportTimeout(),
                                config.protocol().maxAttempts(),
                                false,
                                false),
                        () -> 0);
        return new ReaderParts<>(
                config,
                api,
                protocol,
                permits,
                new Texts(keyed),
                states,
                metrics,
                new BuildTimes(),
                reports::add,
                Clock.systemUTC());
    }

    Set<String> drain(RecordsWithSplitIds<ExportElement<String>> batch) {
        while (batch.nextSplit() != null) {
            for (ExportElement<String> e = batch.nextRecordFromSplit();
                    e != null;
                    e = batch.nextRecordFromSplit()) {
                take(e);
            }
        }
        return batch.finishedSplits();
    }

    void take(ExportElement<String> element) {
        emitted.add(element.row);
        state.emitted(element.rowHash, element.keyHash);
    }

    static Function<ExportRequest, Answer> script(Answer... answers) {
        List<Answer> left = new ArrayList<>(List.of(answers));
        return request -> left.remove(0);
    }

    static Answer pending() {
        return new Answer.Pending("started", null);
    }

    Answer finished(String creationDate, String... rows) {
        StringBuilder json = new StringBuilder("{\"state\":\"finished\",\"data\":[");
        for (int i = 0; i < rows.length; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"time\":\"2024-03-04T")
                    .append(rows[i], 0, 5)
                    .append("\",\"text\":\"")
                    .append(rows[i])
                    .append("\"}");
        }
        return answer(json.append("]}").toString(), creationDate, true);
    }

    /** An answer that nobody has read to its end, where its JSON is cut off. */
    Answer cutOff(String... rows) throws IOException {
        Answer.Finished finished = (Answer.Finished) finished(null, rows);
        bodies.remove(finished.body());
        String json = new String(finished.body().open().readAllBytes(), StandardCharsets.UTF_8);
        return answer(json.substring(0, json.length() - 10), null, false);
    }

    private Answer answer(String json, String creationDate, boolean whole) {
        FakeBody body = new FakeBody(json);
        bodies.add(body);
        return new Answer.Finished(body, creationDate, whole);
    }

    static final class FakeBody implements ExportBody {
        private final byte[] json;
        boolean closed;

        FakeBody(String json) {
            this.json = json.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(json);
        }

        @Override
        public long bytes() {
            return json.length;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /**
     * Rows of a time and a text.
     *
     * @param keyed whether the time is the natural key
     */
    record Texts(boolean keyed) implements VidiCenterDeserializer<String> {
        @Override
        public boolean needsCreationDate() {
            return keyed;
        }

        @Override
        public RowReader<String> createReader(ExportContext context) {
            return new RowReader<>() {
                private JsonNode row;

                @Override
                public String read(JsonParser parser) throws IOException {
                    row = JSON.readTree(parser);
                    return row.get("text").asText();
                }

                @Override
                public long periodStart() {
                    return toMillis(LocalDateTime.parse(row.get("time").asText()));
                }

                @Override
                public long rowHash() {
                    return row.get("text").asText().hashCode();
                }

                @Override
                public long keyHash() {
                    return keyed ? periodStart() : 0;
                }

                @Override
                public boolean keyed() {
                    return keyed;
                }
            };
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}
