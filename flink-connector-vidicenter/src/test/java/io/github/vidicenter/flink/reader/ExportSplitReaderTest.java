package io.github.vidicenter.flink.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.event.BuildsSeen;
import io.github.vidicenter.flink.event.ExportRead;
import io.github.vidicenter.flink.quota.CallResult;
import io.github.vidicenter.flink.split.ExportSplit;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.junit.jupiter.api.Test;

/** From the request to the rows, and what comes in between. */
class ExportSplitReaderTest extends PlayedServer {

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
        String[] rows = rows(3_000);
        server = script(pending(), finished(FIRST_BUILD, rows));
        ExportSplitReader<String> reader = reader(split());
        drain(reader.fetch());
        drain(reader.fetch());
        drain(reader.fetch());
        assertThat(emitted).as("half of it").hasSize(ExportBatch.ROWS);
        ExportSplit checkpoint = copy(state.toSplit());

        server = script(finished(FIRST_BUILD, reversed(rows)));
        assertThat(readToEnd(checkpoint)).isTrue();

        assertThat(emitted).containsExactlyInAnyOrder(rows);
        assertThat(metrics.exportsChanged.getCount()).isZero();
    }

    @Test
    void aBuildWhoseStartWasBeforeTheRestoreTellsNothingOfHowLongBuildsTake() throws Exception {
        server = script(pending());
        ExportSplitReader<String> reader = reader(split());
        drain(reader.fetch());
        ExportSplit checkpoint = copy(state.toSplit());

        server = script(pending(), finished(FIRST_BUILD, "00:00 a", "01:00 b"));
        assertThat(readToEnd(checkpoint)).isTrue();

        assertThat(emitted).containsExactly("00:00 a", "01:00 b");
        assertThat(reports).noneMatch(BuildsSeen.class::isInstance);
    }

    /** Some of them equal. */
    private static String[] rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "01:00 row " + i % 700)
                .toArray(String[]::new);
    }

    private static String[] reversed(String[] rows) {
        List<String> reversed = Arrays.asList(rows.clone());
        Collections.reverse(reversed);
        return reversed.toArray(String[]::new);
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
    void anExportIsBuiltWhileTheOneThatItReplacesIsShown() throws Exception {
        server =
                script(
                        pending(),
                        new Answer.Failed("out of memory", FIRST_BUILD),
                        pending(),
                        new Answer.Failed("out of memory", FIRST_BUILD),
                        finished("2024-03-06 13:00:00", "00:00 a", "01:00 b"));

        assertThat(readToEnd(split())).isTrue();

        assertThat(released)
                .extracting(CallResult::outcome)
                .containsExactly(
                        CallResult.Outcome.BUILDING,
                        CallResult.Outcome.ENDED,
                        CallResult.Outcome.BUILDING,
                        CallResult.Outcome.BUILDING,
                        CallResult.Outcome.ENDED);
    }

    /** Nobody will see the ends of the exports that were asked for before the cut. */
    @Test
    void anExportWithoutAnyUsableAnswerIsAbandonedWhenItIsCut() throws Exception {
        options.with("locations", "1").with("export.max-attempts", "2");
        server =
                request ->
                        request.start().plusHours(1).isBefore(request.end())
                                ? new Answer.Broken("HTTP 500", null)
                                : finished(FIRST_BUILD, "00:00 a", "01:00 b");

        assertThat(readToEnd(split())).isTrue();

        assertThat(released)
                .extracting(CallResult::outcome)
                .containsExactly(
                        CallResult.Outcome.UNKNOWN,
                        CallResult.Outcome.ABANDONED,
                        CallResult.Outcome.ENDED,
                        CallResult.Outcome.ENDED);
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
        assertThat(released).hasSize(1);
        assertThat(leftBeforeTheLastRelease)
                .as("it could be granted to this reader again")
                .isTrue();
    }

    @Test
    void anExportThatDoesNotDecodeIsNamed() throws Exception {
        server = script(pending(), new Answer.Finished(new FakeBody("{\"data\":[7]}"), null, true));

        assertThatThrownBy(() -> readToEnd(split()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("data_type=viewers")
                .hasMessageContaining("can't be read: 'data' of the answer holds");
        assertThat(left).isTrue();
    }

    @Test
    void anAnswerThatBreaksOffAmongItsRowsIsAskedForAgainWithoutThoseThatAreOut() throws Exception {
        keyed = false;
        String[] rows = rows(3_000);
        server = script(pending(), cutOff(rows));
        ExportSplitReader<String> reader = reader(split());
        for (int fetch = 0; fetch < 5; fetch++) {
            drain(reader.fetch());
        }
        assertThat(emitted).as("the batches before the break").hasSize(2 * ExportBatch.ROWS);
        assertThat(wholeFirst).containsExactly(true, false);
        ExportSplit checkpoint = copy(state.toSplit());
        List<String> emittedThen = List.copyOf(emitted);

        server = script(finished(FIRST_BUILD, reversed(rows)));
        while (drain(reader.fetch()).isEmpty()) {
            // Goes on.
        }
        assertThat(emitted).containsExactlyInAnyOrder(rows);
        assertThat(wholeFirst).as("not twice among the rows").containsExactly(true, false, true);
        assertThat(metrics.exportsChanged.getCount()).as("its date was not known yet").isZero();
        assertThat(bodies).allMatch(body -> body.closed);

        emitted.clear();
        emitted.addAll(emittedThen);
        server = script(finished(FIRST_BUILD, reversed(rows)));
        assertThat(readToEnd(checkpoint)).isTrue();
        assertThat(emitted).as("from a checkpoint after the break").containsExactlyInAnyOrder(rows);
    }

    @Test
    void anAnswerThatBreaksOffAtItsFirstRowsIsReadToItsEndTheNextTime() throws Exception {
        keyed = false;
        server = script(pending(), cutOff("00:00 a"), finished(FIRST_BUILD, "00:00 a", "01:00 b"));

        assertThat(readToEnd(split())).isTrue();

        assertThat(emitted).containsExactly("00:00 a", "01:00 b");
        assertThat(wholeFirst).containsExactly(true, false, true);
    }

    @Test
    void breakingOffAmongTheRowsCountsAsAnAttempt() throws Exception {
        keyed = false;
        options.with("export.max-attempts", "2");
        server = script(pending(), cutOff(rows(3_000)), new Answer.Broken("not JSON", null));

        assertThatThrownBy(() -> readToEnd(split()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no usable answer 2 times in a row, at last: not JSON")
                .hasMessageContaining("'export.on-failure' = 'skip'");
        assertThat(left).isTrue();
    }

    @Test
    void whatDependsOnTheCreationDateIsReadToItsEndFirst() throws Exception {
        server = script(pending(), finished(FIRST_BUILD, "00:00 a", "01:00 b"));

        assertThat(readToEnd(split())).isTrue();

        assertThat(wholeFirst).as("rows with a natural key").containsExactly(true, true);
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
}
