package io.github.vidicenter.flink.reader;

import static io.github.vidicenter.flink.window.LocalTimes.toMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

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
import io.github.vidicenter.flink.event.BuildsSeen;
import io.github.vidicenter.flink.event.ExportRead;
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
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.junit.jupiter.api.Test;

/** One split against a server that the test plays. */
class ExportSplitReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIRST_BUILD = "2024-03-06 12:00:00";

    private final OptionsOf options =
            OptionsOf.viewers()
                    .with("time-resolution", "1h")
                    .with("locations", "1,2")
                    .with("poll.min-interval", "1 ms")
                    .with("poll.max-interval", "1 ms")
                    .with("scan.start", "2024-03-04T00:00:00")
                    .with("scan.end", "2024-03-04T02:00:00");

    private final List<String> asked = new ArrayList<>();
    private final List<CallResult> released = new ArrayList<>();
    private final List<SourceEvent> reports = new ArrayList<>();
    private final List<FakeBody> bodies = new ArrayList<>();
    private final List<String> emitted = new ArrayList<>();
    private final ReaderMetrics metrics =
            new ReaderMetrics(
                    InternalSourceReaderMetricGroup.mock(
                            UnregisteredMetricsGroup.createOperatorMetricGroup()));
    private final Map<String, SplitState> states = new HashMap<>();
    private Function<ExportRequest, Answer> server;
    private SplitState state;
    private boolean left;

    @Test
    void startsPollsAndDeliversTheRowsOfTheWindowThenFinishes() throws Exception {
        server =
                script(
                        new Answer.Pending("started", null),
                        new Answer.Pending("in_progress", FIRST_BUILD),
                        finished(FIRST_BUILD, "00:00 a", "01:00 b", "02:00 next window"));

        assertThat(readToEnd(split())).isTrue();

        assertThat(emitted).containsExactly("00:00 a", "01:00 b");
        assertThat(asked).hasSize(3).containsOnly(asked.get(0));
        assertThat(asked.get(0)).contains("end=2024-03-04T02:00:00").doesNotContain("force");
        assertThat(metrics.rowsOutsideWindow.getCount()).isOne();
        assertThat(released)
                .extracting(CallResult::outcome)
                .containsExactly(
                        CallResult.Outcome.BUILDING,
                        CallResult.Outcome.BUILDING,
                        CallResult.Outcome.ENDED);
        assertThat(bodies).allMatch(body -> body.closed);
        assertThat(reports).hasExactlyElementsOfTypes(BuildsSeen.class, ExportRead.class);
        assertThat(((BuildsSeen) reports.get(0)).builds())
                .singleElement()
                .satisfies(
                        build -> {
                            assertThat(build.cells()).isEqualTo(4);
                            assertThat(build.readyAt()).isGreaterThanOrEqualTo(build.notReadyAt());
                        });
        assertThat(reports)
                .filteredOn(ExportRead.class::isInstance)
                .map(ExportRead.class::cast)
                .as("2 locations in 2 hours, and the row of the next window")
                .extracting(ExportRead::cells, ExportRead::rows)
                .containsExactly(tuple(4L, 3L));
    }

    /** However long what follows takes to take the rows. */
    @Test
    void aDownloadGivesItsConnectionBackBeforeAnyRowIsEmitted() throws Exception {
        server = script(pending(), finished(FIRST_BUILD, "00:00 a", "01:00 b"));
        ExportSplitReader<String> reader = reader(split());
        drain(reader.fetch());
        drain(reader.fetch());

        assertThat(emitted).isEmpty();
        assertThat(released)
                .extracting(CallResult::outcome)
                .containsExactly(CallResult.Outcome.BUILDING, CallResult.Outcome.ENDED);
        reader.close();
        assertThat(bodies).allMatch(body -> body.closed);
    }

    @Test
    void aCheckpointInMidExportIsGoneOnFromWithRowsInAnotherOrder() throws Exception {
        String[] rows = new String[3_000];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = "01:00 row " + i % 700;
        }
        server = script(pending(), finished(FIRST_BUILD, rows));
        ExportSplitReader<String> reader = reader(split());
        drain(reader.fetch());
        drain(reader.fetch());
        drain(reader.fetch());
        assertThat(emitted).as("half of it").hasSize(ExportBatch.ROWS);
        ExportSplit checkpoint = copy(state.toSplit());

        String[] reversed = new String[rows.length];
        for (int i = 0; i < rows.length; i++) {
            reversed[i] = rows[rows.length - 1 - i];
        }
        server = script(finished(FIRST_BUILD, reversed));
        assertThat(readToEnd(checkpoint)).isTrue();

        assertThat(emitted).containsExactlyInAnyOrder(rows);
        assertThat(metrics.exportsChanged.getCount()).isZero();
    }

    @Test
    void anExportThatChangedInBetweenGivesRowsWithANaturalKeyOnce() throws Exception {
        server = script(pending(), finished(FIRST_BUILD, "00:00 a", "01:00 b"));
        ExportSplitReader<String> reader = reader(split());
        drain(reader.fetch());
        drain(reader.fetch());
        RecordsWithSplitIds<ExportElement<String>> batch = reader.fetch();
        batch.nextSplit();
        take(batch.nextRecordFromSplit());
        ExportSplit checkpoint = copy(state.toSplit());

        server = script(finished("2024-03-06 13:00:00", "01:00 b", "00:00 corrected"));
        assertThat(readToEnd(checkpoint)).isTrue();

        assertThat(emitted).containsExactly("00:00 a", "01:00 b");
        assertThat(metrics.exportsChanged.getCount()).isOne();
    }

    @Test
    void aRefusedExportIsCutDownToThePartThatIsRefused() throws Exception {
        options.with("export.on-failure", "skip");
        server =
                request ->
                        request.selection().locations().contains(2L)
                                ? new Answer.Rejected(403, "no access to 2")
                                : finished(FIRST_BUILD, "00:00 of 1");

        assertThat(readToEnd(split())).isTrue();

        assertThat(emitted).containsExactly("00:00 of 1");
        assertThat(metrics.exportsCut.getCount()).isOne();
        assertThat(metrics.exportsSkipped.getCount()).isOne();
    }

    @Test
    void aRequestThatIsTooLargeIsCutInTimeToo() throws Exception {
        options.with("locations", "1");
        server =
                request ->
                        request.start().plusHours(1).isBefore(request.end())
                                ? new Answer.Rejected(400, "too much")
                                : finished(FIRST_BUILD, "00:00 a", "01:00 b");

        assertThat(readToEnd(split())).isTrue();

        assertThat(emitted).containsExactly("00:00 a", "01:00 b");
    }

    @Test
    void aCutSplitSurvivesACheckpoint() throws Exception {
        server = script(new Answer.Rejected(400, "too much"));
        ExportSplitReader<String> reader = reader(split());
        drain(reader.fetch());
        ExportSplit checkpoint = copy(state.toSplit());
        assertThat(checkpoint.parts())
                .extracting(part -> part.selection().locations())
                .containsExactly(List.of(1L), List.of(2L));

        server = request -> finished(FIRST_BUILD, "00:00 of " + request.selection().locations());
        assertThat(readToEnd(checkpoint)).isTrue();

        assertThat(emitted).containsExactly("00:00 of [1]", "00:00 of [2]");
    }

    @Test
    void failsNamingTheRequestAndWhatToDo() throws Exception {
        options.with("locations", "1").with("scan.end", "2024-03-04T01:00:00");
        server = script(new Answer.Rejected(404, "no such location"));
        ExportSplitReader<String> reader = reader(split());

        assertThatThrownBy(reader::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("locations=1&data_type=viewers")
                .hasMessageContaining("no such location")
                .hasMessageContaining("'export.on-failure' = 'skip'");
        assertThat(left).as("told the coordinator to send nothing more").isTrue();
        assertThat(released).as("no permit that could be granted to it again").isEmpty();
    }

    @Test
    void anExportThatDoesNotDecodeIsNamed() throws Exception {
        server = script(pending(), new Answer.Finished(new FakeBody("{\"data\":[7]}"), null));

        assertThatThrownBy(() -> readToEnd(split()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("data_type=viewers")
                .hasMessageContaining("can't be read: 'data' of the answer holds");
        assertThat(left).isTrue();
    }

    @Test
    void wakingUpEndsAWaitForAPermit() throws Exception {
        ExportSplitReader<String> reader =
                new ExportSplitReader<>(parts(new Permits(1, event -> {}), options.read()));
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split())));
        reader.wakeUp();

        assertThat(reader.fetch().nextSplit()).isNull();
        assertThat(asked).isEmpty();
    }

    @Test
    void whatOtherReadersSawOfBuildTimesCountsAsSeen() throws Exception {
        ReaderParts<String> parts = parts(new Permits(1, event -> {}), options.read());
        try (VidiCenterSourceReader<String> reader =
                new VidiCenterSourceReader<>(
                        1,
                        parts,
                        (element, output, state) -> {},
                        RowTimes.LOCAL,
                        new TestingReaderContext())) {
            reader.handleSourceEvents(
                    new BuildsSeen(List.of(new BuildsSeen.Build(7, 4, 9_900, 10_000))));
        }

        assertThat(parts.buildTimes().nextPoll(7, 4, 0, 1, 0)).isBetween(9_900L, 10_000L);
    }

    private ExportSplit split() {
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

    private static ExportSplit copy(ExportSplit split) throws IOException {
        ExportSplitSerializer serializer = new ExportSplitSerializer();
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
    }

    private boolean readToEnd(ExportSplit split) throws Exception {
        ExportSplitReader<String> reader = reader(split);
        for (int fetch = 0; fetch < 100; fetch++) {
            if (!drain(reader.fetch()).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private ExportSplitReader<String> reader(ExportSplit split) {
        Permits[] permits = new Permits[1];
        permits[0] =
                new Permits(
                        1,
                        event -> {
                            if (event instanceof PermitRequested request) {
                                permits[0].granted(request.request().id(), 0);
                            } else if (event instanceof PermitReleased release) {
                                released.add(release.result());
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

    private ReaderParts<String> parts(Permits permits, VidiCenterConfig config) {
        ExportApi api =
                new ExportApi() {
                    @Override
                    public Answer ask(ExportRequest request, boolean forceRebuild) {
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
                new Texts(),
                states,
                metrics,
                new BuildTimes(),
                reports::add,
                Clock.systemUTC());
    }

    private Set<String> drain(RecordsWithSplitIds<ExportElement<String>> batch) {
        while (batch.nextSplit() != null) {
            for (ExportElement<String> e = batch.nextRecordFromSplit();
                    e != null;
                    e = batch.nextRecordFromSplit()) {
                take(e);
            }
        }
        return batch.finishedSplits();
    }

    private void take(ExportElement<String> element) {
        emitted.add(element.row);
        state.emitted(element.rowHash, element.keyHash);
    }

    private static Function<ExportRequest, Answer> script(Answer... answers) {
        List<Answer> left = new ArrayList<>(List.of(answers));
        return request -> left.remove(0);
    }

    private static Answer pending() {
        return new Answer.Pending("started", null);
    }

    private Answer finished(String creationDate, String... rows) {
        StringBuilder json = new StringBuilder("{\"state\":\"finished\",\"data\":[");
        for (int i = 0; i < rows.length; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"time\":\"2024-03-04T")
                    .append(rows[i], 0, 5)
                    .append("\",\"text\":\"")
                    .append(rows[i])
                    .append("\"}");
        }
        FakeBody body = new FakeBody(json.append("]}").toString());
        bodies.add(body);
        return new Answer.Finished(body, creationDate);
    }

    private static final class FakeBody implements ExportBody {
        private final byte[] json;
        private boolean closed;

        private FakeBody(String json) {
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

    /** Rows of a time and a text; the time is the natural key. */
    private static final class Texts implements VidiCenterDeserializer<String> {
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
                    return periodStart();
                }

                @Override
                public boolean keyed() {
                    return true;
                }
            };
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}
