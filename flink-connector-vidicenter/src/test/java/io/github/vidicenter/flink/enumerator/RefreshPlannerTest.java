package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.LocationStatus;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.DividedList;
import io.github.vidicenter.flink.config.Narrowing;
import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.LocalTimes;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Three locations, windows of an hour, a lookback of six, looked at each hour. */
class RefreshPlannerTest {

    private static final Instant JOB_START = Instant.parse("2024-03-04T12:00:00Z");
    private static final long NOON = at("2024-03-04T12:00");

    private final OptionsOf options =
            OptionsOf.viewers()
                    .with("locations", "1,2,3")
                    .with("scan.start", "2024-03-04T00:00:00")
                    .with("scan.window.size", "1 h")
                    .with("scan.refresh.lookback", "6 h");

    private VidiCenterConfig config = options.read();
    private RefreshPlanner planner = planner(RefreshState.begin(JOB_START.toEpochMilli()));
    private Instant now = JOB_START;

    @Test
    void looksOnceInAnInterval() {
        assertThat(planner.isDue(now.plusSeconds(3_599))).isFalse();
        assertThat(planner.isDue(now.plusSeconds(3_600))).isTrue();
        look(NOON, true);
        assertThat(planner.isDue(now)).isFalse();
    }

    @Test
    void aClockThatIsSetBackHoldsNothingUpForLongerThanUsual() {
        now = now.plusSeconds(36_000);
        look(NOON, true, location(2, "2024-03-04T12:00:01"));
        now = now.minusSeconds(36_000);
        assertThat(planner.next(config.selection(), now)).isEmpty();
        assertThat(planner.next(config.selection(), now.plusSeconds(1))).isPresent();
        assertThat(planner.isDue(now.plusSeconds(3_600))).isTrue();
    }

    @Test
    void onlyWhatHasUploadedSinceTheStartIsReadAgain() {
        look(NOON, true, location(1, "2024-03-04T11:59:59"), location(2, "2024-03-04T12:00:01"));

        assertThat(round()).containsExactly(part(List.of(2L), "2024-03-04T06:00"));
        assertThat(planner.isUnderWay()).isFalse();
    }

    @Test
    void newsIsReadAgainOnce() {
        LocationStatus two = location(2, "2024-03-04T12:00:01");
        look(NOON, true, two);
        assertThat(round()).hasSize(1);
        look(NOON, true, two);
        assertThat(round()).isEmpty();
        look(NOON, true, location(2, "2024-03-04T12:00:02"));
        assertThat(round()).hasSize(1);
    }

    @Test
    void newsThatAFirstReadMayHaveMissedIsLookedAtOnceMore() {
        LocationStatus two = location(2, "2024-03-04T12:00:01");
        look(NOON, false, two);
        assertThat(round()).hasSize(1);
        look(NOON + 3_600_000, true, two);
        assertThat(round()).hasSize(1);
        look(NOON + 3_600_000, true, two);
        assertThat(round()).isEmpty();
    }

    @Test
    void exportsBeginWhenTheSecondOfTheLookIsOver() {
        look(NOON, true, location(2, "2024-03-04T12:00:01"));
        now = now.minusMillis(2);
        assertThat(planner.next(config.selection(), now)).isEmpty();
        assertThat(planner.isUnderWay()).isTrue();
        now = now.plusMillis(2);
        assertThat(planner.next(config.selection(), now)).isPresent();
    }

    @Test
    void withoutTheTopologyAllIsReadAgain() {
        planner.learnNothing(config.selection(), NOON, now);
        now = now.plusSeconds(1);
        assertThat(round()).containsExactly(part(List.of(1L, 2L, 3L), "2024-03-04T06:00"));
    }

    @Test
    void theLookbackStartsAtAWindowAndNotBeforeTheScan() {
        assertThat(planner.lookback(NOON + 1)).isEqualTo(at("2024-03-04T06:00"));
        assertThat(planner.lookback(at("2024-03-04T03:00"))).isEqualTo(at("2024-03-04T00:00"));
        look(at("2024-03-04T00:00"), true, location(2, "2024-03-04T13:00:00"));
        assertThat(round()).as("nothing is complete").isEmpty();
    }

    @Test
    void whatTheQueryDoesNotNeedIsNotReadAgain() {
        config = config.narrowed(Narrowing.from(LocalDateTime.parse("2024-03-04T08:40")));
        planner = planner(RefreshState.begin(JOB_START.toEpochMilli()));
        assertThat(planner.keepFrom(NOON)).isEqualTo(at("2024-03-04T08:00"));
        look(NOON, true, location(2, "2024-03-04T12:00:01"));

        assertThat(round()).containsExactly(part(List.of(2L), "2024-03-04T08:40"));
    }

    @Test
    void manyLocationsShareFewExports() {
        String ids =
                String.join(",", LongStream.rangeClosed(1, 400).mapToObj(Long::toString).toList());
        config = options.with("locations", ids).read();
        planner = planner(RefreshState.begin(JOB_START.toEpochMilli()));
        look(
                NOON,
                true,
                LongStream.rangeClosed(1, 300)
                        .mapToObj(id -> location(id, "2024-03-04T13:00:00"))
                        .toArray(LocationStatus[]::new));

        List<ExportPart> parts = round();
        assertThat(parts).hasSizeLessThanOrEqualTo(3);
        assertThat(parts.stream().flatMap(p -> p.selection().locations().stream()))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 300).boxed().toList());
    }

    @Test
    void tagsAreReadAgainWhole() {
        config = options.without("locations").with("location-tags", "7").read();
        planner = planner(RefreshState.begin(JOB_START.toEpochMilli()));
        look(NOON, true, location(5, "2024-03-04T11:00:00"));
        assertThat(round()).isEmpty();
        look(NOON, true, location(5, "2024-03-04T13:00:00"));
        assertThat(round()).extracting(ExportPart::selection).containsExactly(config.selection());
    }

    @Test
    void goesOnInTheMiddleOfARound() {
        config = options.with("scan.locations-per-export", "1").read();
        planner = planner(RefreshState.begin(JOB_START.toEpochMilli()));
        look(NOON, true, location(1, "2024-03-04T13:00:00"), location(3, "2024-03-04T13:00:00"));
        assertThat(planner.next(config.selection(), now)).isPresent();

        planner = planner(planner.snapshot());
        assertThat(round()).containsExactly(part(List.of(3L), "2024-03-04T06:00"));
        look(NOON, true, location(1, "2024-03-04T13:00:00"), location(3, "2024-03-04T13:00:00"));
        assertThat(round()).isEmpty();
    }

    private void look(long completeUpTo, boolean idle, LocationStatus... locations) {
        now = now.plus(Duration.ofHours(1));
        planner.learn(
                new Topology(List.of(locations)), config.selection(), completeUpTo, idle, now);
        now = now.plusSeconds(1);
    }

    private List<ExportPart> round() {
        List<ExportPart> parts = new ArrayList<>();
        for (Optional<ExportSplit> split = planner.next(config.selection(), now);
                split.isPresent();
                split = planner.next(config.selection(), now)) {
            assertThat(split.get().isRefresh()).isTrue();
            parts.addAll(split.get().parts());
        }
        return parts;
    }

    private ExportPart part(List<Long> ids, String start) {
        return ExportPart.toRead(
                Selection.of(Selection.Kind.LOCATIONS, ids), at(start), NOON, true);
    }

    private RefreshPlanner planner(RefreshState state) {
        WindowGrid windows = config.windows(at("2024-03-04T00:00"), Long.MAX_VALUE);
        var divided = DividedList.of(config);
        ExportSize size = new ExportSize(config, windows, divided, ExportHistory.NONE);
        NeededSpan needed = NeededSpan.of(config, windows);
        return new RefreshPlanner(config, windows, size, divided, needed, JOB_START, state);
    }

    private static LocationStatus location(long id, String lastUpload) {
        return new LocationStatus(id, 1L, true, Instant.parse(lastUpload + "Z"), ZoneOffset.UTC);
    }

    private static long at(String local) {
        return LocalTimes.toMillis(LocalDateTime.parse(local));
    }
}
