package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.toMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.DividedList;
import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.WindowGrid;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitPlannerTest {

    private static final long START = toMillis(LocalDateTime.parse("2024-03-04T00:00"));
    private static final long MINUTE = 60_000;

    private Selection selection;
    private PlanningMoment.Readiness readiness = PlanningMoment.Readiness.ALL;

    @Test
    void makesNothingBeforeAWindowIsDue() {
        SplitPlanner planner = planner(day());

        assertThat(planner.next(moment(end -> false))).isEmpty();
        assertThat(planner.plannedUpTo()).isEqualTo(START);
    }

    @Test
    void liveWindowsAreReadOneByOneLocationByLocation() {
        SplitPlanner planner = planner(day().with("scan.window.size", "1 h"));
        long due = START + 60 * MINUTE;

        List<ExportPart> parts = planUntil(planner, due);

        assertThat(parts).extracting(ExportPart::start).containsOnly(START);
        assertThat(parts).extracting(ExportPart::end).containsOnly(due);
        assertThat(parts)
                .extracting(part -> part.selection().locations())
                .containsExactly(List.of(1056L), List.of(1057L));
        assertThat(planner.plannedUpTo()).isEqualTo(due);
    }

    @Test
    void aBacklogIsReadInFewLargeExports() {
        SplitPlanner planner = planner(day());

        List<ExportPart> parts = planUntil(planner, Long.MAX_VALUE);

        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).selection().locations()).containsExactly(1056L, 1057L);
        assertThat(parts.get(0).end() - parts.get(0).start()).isEqualTo(24 * 60 * MINUTE);
        assertThat(planner.isDone()).isTrue();
    }

    @Test
    void aYearOfAThousandLocationsFitsAGoodHundredExports() {
        String ids =
                LongStream.rangeClosed(1, 1_000)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(","));
        SplitPlanner planner =
                planner(
                        OptionsOf.viewers()
                                .with("locations", ids)
                                .with("scan.start", "2023-01-01T00:00:00")
                                .with("scan.end", "2024-01-01T00:00:00"));

        assertThat(planUntil(planner, Long.MAX_VALUE)).hasSizeBetween(105, 130);
    }

    @Test
    void moreLocationsThanTheBudgetAllowsShareExports() {
        String ids =
                LongStream.rangeClosed(1, 1_000)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(","));
        SplitPlanner planner = planner(day().with("locations", ids));

        List<ExportPart> parts = planUntil(planner, START + 5 * MINUTE);

        assertThat(parts.size() * 3).as("calls").isLessThanOrEqualTo(5 * 50);
    }

    @Test
    void severalTablesShareTheBudget() {
        String ids =
                LongStream.rangeClosed(1, 1_000)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(","));
        SplitPlanner planner = planner(day().with("locations", ids));
        PlanningMoment all = moment(end -> end <= START + 5 * MINUTE);
        PlanningMoment shared =
                new PlanningMoment(
                        all.begins(),
                        all.due(),
                        all.recent(),
                        all.selection(),
                        0.25,
                        all.readiness());
        int parts = 0;
        while (planner.next(shared).isPresent()) {
            parts++;
        }
        assertThat(parts * 3).as("calls").isLessThanOrEqualTo(5 * 50 / 4);
    }

    @Test
    void windowsThatAreLongOverAreABacklogEvenIfEachIsAsLongAsAnExportMayBe() {
        String ids =
                LongStream.rangeClosed(1, 600)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(","));
        OptionsOf options =
                day().with("locations", ids)
                        .with("scan.window.size", "1 d")
                        .with("scan.window.max-size", "1 d");

        assertThat(planUntil(planner(options), Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void exportsThatTakeLongArePackedToFitTheSlots() {
        OptionsOf options =
                day().with(
                                "locations",
                                LongStream.rangeClosed(1, 60)
                                        .mapToObj(String::valueOf)
                                        .collect(Collectors.joining(",")));
        VidiCenterConfig config = options.read();
        WindowGrid windows = windows(config);
        selection = config.selection();
        Selection.Kind divided = DividedList.of(config);
        ExportSize size = new ExportSize(config, windows, divided, ExportHistory.NONE);
        size.learn(1, 1, 60_000);
        SplitPlanner planner =
                new SplitPlanner(
                        config, windows, size, divided, windows.end(), PlanPosition.at(START));

        // Three slots, five minutes, a minute for each export.
        assertThat(planUntil(planner, START + 5 * MINUTE)).hasSizeBetween(5, 15);
    }

    @Test
    void isBehindWhenAnotherWindowIsOverBeforeTheFirstIsDone() {
        SplitPlanner planner = planner(day());
        long window = 5 * MINUTE;

        assertThat(planner.isBehind(START, end -> end <= START + window)).isFalse();
        assertThat(planner.isBehind(START, end -> end <= START + 2 * window)).isTrue();
        assertThat(planner.isBehind(START + 24 * 60 * MINUTE, end -> true)).isFalse();
    }

    @Test
    void tagsAreAskedForInOneRequest() {
        SplitPlanner planner = planner(day().without("locations").with("location-tags", "1,2,3"));

        List<ExportPart> parts = planUntil(planner, START + 5 * MINUTE);

        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).selection())
                .isEqualTo(Selection.of(Selection.Kind.LOCATION_TAGS, List.of(1L, 2L, 3L)));
    }

    @Test
    void newIdsJoinAtTheNextWindow() {
        OptionsOf options =
                day().with("scan.locations-per-export", "1").with("scan.window.size", "1 h");
        SplitPlanner before = planner(options.with("locations", "1,3"));
        long firstHour = START + 60 * MINUTE;
        assertThat(next(before, firstHour)).map(this::locations).hasValue(List.of(1L));

        SplitPlanner after = planner(options.with("locations", "1,2,3"), before.position());

        assertThat(next(after, firstHour)).map(this::locations).hasValue(List.of(3L));
        assertThat(next(after, firstHour)).isEmpty();
        assertThat(next(after, firstHour + 60 * MINUTE)).map(this::locations).hasValue(List.of(1L));
        assertThat(next(after, firstHour + 60 * MINUTE)).map(this::locations).hasValue(List.of(2L));
    }

    @Test
    void locationsThatHaveUploadedDoNotWaitForThoseThatHaveNot() {
        SplitPlanner planner =
                planner(
                        day().with("locations", "1,2,3,4")
                                .with("scan.window.size", "1 h")
                                .with("scan.locations-per-export", "2"));
        long firstHour = START + 60 * MINUTE;
        Set<Long> uploaded = new HashSet<>(List.of(2L, 4L));
        readiness = (id, end) -> end == firstHour && uploaded.contains(id);

        assertThat(next(planner, firstHour + 60 * MINUTE))
                .map(this::locations)
                .hasValue(List.of(2L, 4L));
        assertThat(next(planner, firstHour + 60 * MINUTE)).isEmpty();
        assertThat(planner.plannedUpTo()).isEqualTo(START);

        uploaded.add(1L);
        assertThat(next(planner, firstHour + 60 * MINUTE))
                .map(this::locations)
                .hasValue(List.of(1L));
        uploaded.add(3L);
        assertThat(next(planner, firstHour + 60 * MINUTE))
                .map(this::locations)
                .hasValue(List.of(3L));
        assertThat(planner.plannedUpTo()).isEqualTo(firstHour);
    }

    @Test
    void locationsThatAreReadyGoOnToTheNextWindows() {
        SplitPlanner planner =
                planner(
                        day().with("locations", "1,2,3")
                                .with("scan.window.size", "1 h")
                                .with("scan.locations-per-export", "1"));
        long hour = 60 * MINUTE;
        readiness = (id, end) -> id != 2 || end <= START + hour;

        List<ExportPart> parts = planUntil(planner, START + 3 * hour);

        assertThat(parts)
                .extracting(
                        part -> (part.end() - START) / hour, part -> part.selection().locations())
                .containsExactly(
                        tuple(1L, List.of(1L)),
                        tuple(1L, List.of(2L)),
                        tuple(1L, List.of(3L)),
                        tuple(2L, List.of(1L)),
                        tuple(2L, List.of(3L)),
                        tuple(3L, List.of(1L)),
                        tuple(3L, List.of(3L)));
        assertThat(planner.plannedUpTo()).isEqualTo(START + hour);
        assertThat(planner.isDone()).isFalse();

        readiness = PlanningMoment.Readiness.ALL;
        assertThat(planUntil(planner, START + 3 * hour))
                .extracting(
                        part -> (part.end() - START) / hour, part -> part.selection().locations())
                .containsExactly(tuple(2L, List.of(2L)), tuple(3L, List.of(2L)));
        assertThat(planner.plannedUpTo()).isEqualTo(START + 3 * hour);
    }

    /** So that a checkpoint stays small. */
    @Test
    void whatIsWaitedForIsBounded() {
        String ids =
                LongStream.rangeClosed(1, 50_000)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(","));
        SplitPlanner planner = planner(day().with("locations", ids));
        readiness = (id, end) -> id == 1;

        assertThat(planUntil(planner, Long.MAX_VALUE)).hasSize(4);
        assertThat(planner.position().left()).isEqualTo(4 * 49_999);
        readiness = PlanningMoment.Readiness.ALL;
        planUntil(planner, Long.MAX_VALUE);
        assertThat(planner.isDone()).isTrue();
    }

    @Test
    void everyLocationAndWindowOnceThoughEachIsReadyAtItsOwnTime() {
        long seed = new Random().nextLong();
        System.out.println("SplitPlannerTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            int locations = 1 + random.nextInt(12);
            OptionsOf options =
                    day().with(
                                    "locations",
                                    LongStream.rangeClosed(1, locations)
                                            .mapToObj(String::valueOf)
                                            .collect(Collectors.joining(",")))
                            .with("scan.window.size", (1 + random.nextInt(20)) * 5 + " min")
                            .with("scan.window.max-size", (1 + random.nextInt(600)) + " min");
            WindowGrid windows = windows(options.read());
            SplitPlanner planner = planner(options);
            long[] readyUpTo = new long[locations + 1];
            Arrays.fill(readyUpTo, START);
            readiness = (id, end) -> end <= readyUpTo[id.intValue()];
            Set<String> planned = new HashSet<>();
            long due = START;
            while (!planner.isDone()) {
                int id = 1 + random.nextInt(locations);
                readyUpTo[id] += random.nextInt(400) * MINUTE;
                due = Math.max(due, readyUpTo[id]);
                for (ExportPart part : planUntil(planner, due)) {
                    for (long w = part.start(); w < part.end(); w = windows.endOf(w)) {
                        for (long location : part.selection().locations()) {
                            assertThat(planned.add(location + "@" + w))
                                    .as("seed %d", seed)
                                    .isTrue();
                            assertThat(windows.endOf(w))
                                    .as("seed %d", seed)
                                    .isLessThanOrEqualTo(readyUpTo[(int) location]);
                        }
                    }
                }
                for (long w = START; w < planner.plannedUpTo(); w = windows.endOf(w)) {
                    for (int location = 1; location <= locations; location++) {
                        assertThat(planned).as("seed %d", seed).contains(location + "@" + w);
                    }
                }
                if (random.nextInt(4) == 0) {
                    planner = planner(options, planner.position());
                }
            }
            assertThat(planned)
                    .as("seed %d", seed)
                    .hasSize((int) windows.count(START, windows.end()) * locations);
        }
    }

    @Test
    void everyLocationAndWindowOnceInOrder() {
        long seed = new Random().nextLong();
        System.out.println("SplitPlannerTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int locations = 1 + random.nextInt(40);
            String ids =
                    LongStream.rangeClosed(1, locations)
                            .mapToObj(String::valueOf)
                            .collect(Collectors.joining(","));
            OptionsOf options =
                    day().with("locations", ids)
                            .with("scan.window.size", (1 + random.nextInt(20)) * 5 + " min")
                            .with("scan.window.max-size", (1 + random.nextInt(600)) + " min")
                            .with("quota.requests-per-minute", "" + (1 + random.nextInt(60)));
            if (random.nextBoolean()) {
                options.with("scan.locations-per-export", "" + (1 + random.nextInt(10)));
            }
            VidiCenterConfig config = options.read();
            SplitPlanner planner = planner(options);
            WindowGrid windows = windows(config);
            Set<String> planned = new HashSet<>();
            long due = START;
            long lastStart = START;
            while (!planner.isDone()) {
                due += random.nextInt(180) * MINUTE;
                for (ExportPart part : planUntil(planner, due)) {
                    assertThat(part.start()).isGreaterThanOrEqualTo(lastStart);
                    assertThat(part.end()).isLessThanOrEqualTo(due);
                    lastStart = part.start();
                    for (long w = part.start(); w < part.end(); w = windows.endOf(w)) {
                        for (long location : part.selection().locations()) {
                            assertThat(planned.add(location + "@" + w)).isTrue();
                        }
                    }
                }
                assertThat(planned)
                        .hasSize((int) windows.count(START, planner.plannedUpTo()) * locations);
            }
            assertThat(planner.plannedUpTo()).isEqualTo(windows.end());
        }
    }

    private List<Long> locations(ExportSplit split) {
        return split.parts().get(0).selection().locations();
    }

    private Optional<ExportSplit> next(SplitPlanner planner, long due) {
        return planner.next(moment(end -> end <= due));
    }

    private List<ExportPart> planUntil(SplitPlanner planner, long due) {
        List<ExportPart> parts = new ArrayList<>();
        for (Optional<ExportSplit> s = next(planner, due); s.isPresent(); s = next(planner, due)) {
            assertThat(s.get().parts()).hasSize(1);
            parts.add(s.get().parts().get(0));
        }
        return parts;
    }

    private PlanningMoment moment(LongPredicate due) {
        return new PlanningMoment(due, due, end -> false, selection, 1, readiness);
    }

    private static OptionsOf day() {
        return OptionsOf.viewers()
                .with("scan.start", "2024-03-04T00:00:00")
                .with("scan.end", "2024-03-05T00:00:00");
    }

    private SplitPlanner planner(OptionsOf options) {
        WindowGrid windows = windows(options.read());
        return planner(options, PlanPosition.at(windows.start()));
    }

    private SplitPlanner planner(OptionsOf options, PlanPosition position) {
        VidiCenterConfig config = options.read();
        selection = config.selection();
        WindowGrid windows = windows(config);
        Selection.Kind divided = DividedList.of(config);
        return new SplitPlanner(
                config,
                windows,
                new ExportSize(config, windows, divided, ExportHistory.NONE),
                divided,
                windows.end(),
                position);
    }

    private static WindowGrid windows(VidiCenterConfig config) {
        return WindowGrid.of(
                config.kind().resolution(),
                config.scan().windowSize(),
                config.scan().start().resolve(null),
                config.scan().end().resolve(null));
    }
}
