package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.event.ReaderHello;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.LocalTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.FlinkRuntimeException;
import org.junit.jupiter.api.Test;

/** What the topology changes about the plan; one reader, hours as windows. */
class TopologyPlanningTest {

    private final SimulatedTopology topology = new SimulatedTopology();
    private final OptionsOf options =
            OptionsOf.viewers()
                    .with("scan.start", "2024-03-04T00:00:00")
                    .with("scan.window.size", "1 h")
                    .with("scan.window.max-size", "1 h")
                    .with("scan.window.delay", "0 s")
                    .with("quota.concurrent-exports", "1000");

    private Instant now = Instant.parse("2024-03-04T01:00:00Z");
    private SimulatedContext context;
    private VidiCenterEnumerator enumerator;

    @Test
    void allActiveLocationsAreReadAndNewOnesFromTheNextWindowOn() {
        options.with("locations", "*");
        topology.locations = list(1, true, 3, true, 4, false);
        start(null);
        assertThat(locations()).containsExactly(List.of(1L), List.of(3L));
        int calls = topology.calls;
        tick();
        assertThat(topology.calls).as("no call without need").isEqualTo(calls);

        topology.locations = list(1, true, 2, true, 3, false);
        tick();
        assertThat(locations()).isEmpty();
        pass(Duration.ofHours(1));
        assertThat(locations()).containsExactly(List.of(1L), List.of(2L));
    }

    @Test
    void anAnswerThatFailsOrIsEmptyRemovesNothing() {
        options.with("locations", "*");
        topology.locations = list(1, true, 2, true);
        start(null);
        assertThat(locations()).hasSize(2);

        topology.locations = "[]";
        pass(Duration.ofHours(1));
        assertThat(locations()).containsExactly(List.of(1L), List.of(2L));
        topology.locations = list(1, false);
        pass(Duration.ofHours(1));
        assertThat(locations()).containsExactly(List.of(1L), List.of(2L));
        topology.trouble = new Answer.Broken("HTTP 502: oops", null);
        for (int hour = 0; hour < 10; hour++) {
            pass(Duration.ofHours(1));
            assertThat(locations()).containsExactly(List.of(1L), List.of(2L));
        }
        topology.trouble = null;
        topology.locations = list(2, true);
        pass(Duration.ofHours(1));
        assertThat(locations()).containsExactly(List.of(2L));
    }

    @Test
    void theFirstWindowWaitsForTheFirstGoodAnswer() {
        options.with("locations", "*");
        topology.trouble = new Answer.Throttled(null);
        start(null);
        topology.trouble = null;
        topology.locations = "[]";
        pass(Duration.ofMinutes(10));
        assertThat(locations()).isEmpty();

        topology.locations = list(7, true);
        pass(Duration.ofMinutes(10));
        assertThat(locations()).containsExactly(List.of(7L));
    }

    @Test
    void aRefusedTokenFailsTheJobByName() {
        options.with("locations", "*");
        topology.trouble = new Answer.Unauthorized("HTTP 401: Invalid API Token");
        assertThatThrownBy(() -> start(null))
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("Check 'username' and 'token'");
    }

    @Test
    void aFirstAnswerThatNeverComesFailsTheJob() {
        options.with("locations", "*");
        topology.trouble = new Answer.Broken("HTTP 502: oops", null);
        start(null);
        pass(Duration.ofMinutes(1));
        assertThatThrownBy(() -> pass(Duration.ofMinutes(1)))
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("locations/")
                .hasMessageContaining("HTTP 502: oops");
    }

    @Test
    void windowsAreDueWhenTheyAreOverAtEachLocation() {
        options.with("locations", "1,2").with("time-zone", "location");
        topology.locations =
                "[{'id':1,'last_timezone':3600},{'id':2,'last_timezone':-18000}]"
                        .replace('\'', '"');
        start(null);
        assertThat(splits())
                .extracting(TopologyPlanningTest::text)
                .containsExactly("00:00 [1]", "01:00 [1]");
        for (int hour = 2; hour <= 5; hour++) {
            pass(Duration.ofHours(1));
            assertThat(splits())
                    .extracting(TopologyPlanningTest::text)
                    .containsExactly("0" + hour + ":00 [1]");
        }
        pass(Duration.ofHours(1));
        assertThat(splits())
                .extracting(TopologyPlanningTest::text)
                .containsExactly("00:00 [2]", "06:00 [1]");
    }

    /** After which the others need not wait for it. */
    @Test
    void aLocationThatNeverUploadsDelaysItsOwnWindowsOnly() {
        options.with("locations", "1,2").with("scan.window.upload-timeout", "150 min");
        topology.locations = uploads("2024-03-04T00:10:00", "2024-03-04T23:00:00");
        start(null);
        assertThat(splits()).extracting(TopologyPlanningTest::text).containsExactly("00:00 [2]");
        pass(Duration.ofHours(1));
        assertThat(splits()).extracting(TopologyPlanningTest::text).containsExactly("01:00 [2]");
        EnumeratorState state = enumerator.snapshotState(1);
        start(state);
        pass(Duration.ofHours(1));
        assertThat(splits()).extracting(TopologyPlanningTest::text).containsExactly("02:00 [2]");
        pass(Duration.ofMinutes(30));
        assertThat(splits()).extracting(TopologyPlanningTest::text).containsExactly("00:00 [1]");
        pass(Duration.ofHours(1));
        assertThat(splits())
                .extracting(TopologyPlanningTest::text)
                .containsExactly("01:00 [1]", "03:00 [2]");
    }

    /** What comes late for a window that one location has read ahead would not be read again. */
    @Test
    void withALookbackNoLocationIsReadAhead() {
        options.with("locations", "1,2")
                .with("scan.window.upload-timeout", "150 min")
                .with("scan.refresh.lookback", "1 d");
        topology.locations = uploads("2024-03-04T00:10:00", "2024-03-04T23:00:00");
        start(null);
        pass(Duration.ofHours(1));
        assertThat(splits())
                .filteredOn(split -> !split.isLedger() && !split.isRefresh())
                .extracting(TopologyPlanningTest::text)
                .containsExactly("00:00 [2]");
        pass(Duration.ofMinutes(90));
        assertThat(splits())
                .filteredOn(split -> !split.isLedger() && !split.isRefresh())
                .extracting(TopologyPlanningTest::text)
                .containsExactly("00:00 [1]", "01:00 [2]");
    }

    private static String text(ExportSplit split) {
        return LocalTimes.fromMillis(split.start()).toLocalTime()
                + " "
                + split.parts().get(0).selection().locations();
    }

    @Test
    void nowIsTheTimeOfTheLocations() {
        now = Instant.parse("2024-03-04T12:30:00Z");
        options.with("locations", "2").with("time-zone", "location").with("scan.start", "now");
        topology.locations = "[{\"id\":2,\"last_timezone\":-18000}]";
        start(null);
        pass(Duration.ofMinutes(30));

        assertThat(splits()).extracting(ExportSplit::start).containsExactly(at("2024-03-04T07:00"));
    }

    @Test
    void aJobThatWaitsForTheTimeOfTheLocationsGoesOnSoAfterARestore() {
        now = Instant.parse("2024-03-04T12:30:00Z");
        options.with("locations", "2").with("time-zone", "location").with("scan.start", "now");
        topology.trouble = new Answer.Throttled(null);
        start(null);
        EnumeratorState state = enumerator.snapshotState(1);
        topology.trouble = null;
        topology.locations = "[{\"id\":2,\"last_timezone\":-18000}]";
        start(state);
        // The last minute's calls count as made, so the look comes a minute later.
        pass(Duration.ofMinutes(2));
        pass(Duration.ofMinutes(28));

        assertThat(splits()).extracting(ExportSplit::start).containsExactly(at("2024-03-04T07:00"));
    }

    @Test
    void windowsWaitForUploadsButNotForEver() {
        options.with("locations", "1,2").with("scan.window.upload-timeout", "30 min");
        topology.locations = uploads("2024-03-04T00:59:59", "2024-03-04T01:00:00");
        start(null);
        assertThat(locations()).containsExactly(List.of(2L));
        int calls = topology.calls;
        pass(Duration.ofSeconds(1));
        assertThat(topology.calls).as("not asked at each tick").isEqualTo(calls);

        pass(Duration.ofMinutes(29));
        assertThat(locations()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(locations()).containsExactly(List.of(1L));
    }

    /** What it does not tell is waited for, and no longer than that. */
    @Test
    void uploadsThatTheTopologyDoesNotTellAreNotWaitedForForEver() {
        options.with("locations", "1").with("scan.window.upload-timeout", "30 min");
        for (Answer.Trouble trouble :
                new Answer.Trouble[] {
                    null, new Answer.Rejected(404, "no"), new Answer.Broken("HTTP 502: oops", null)
                }) {
            now = Instant.parse("2024-03-04T01:00:00Z");
            topology.trouble = trouble;
            start(null);
            pass(Duration.ofMinutes(29));
            assertThat(locations()).isEmpty();
            pass(Duration.ofMinutes(1));
            assertThat(locations()).containsExactly(List.of(1L));
            pass(Duration.ofHours(1));
            assertThat(locations()).containsExactly(List.of(1L));
        }
    }

    @Test
    void anUploadEndsTheWait() {
        options.with("locations", "1,2").with("scan.window.upload-timeout", "30 min");
        topology.locations = uploads("2024-03-04T00:10:00", "2024-03-04T01:00:00");
        start(null);
        assertThat(locations()).containsExactly(List.of(2L));

        topology.locations = uploads("2024-03-04T01:05:00", "2024-03-04T01:05:00");
        pass(Duration.ofMinutes(10));
        assertThat(locations()).containsExactly(List.of(1L));
    }

    @Test
    void uploadsAreComparedInTheZoneOfTheData() {
        now = Instant.parse("2024-03-04T00:00:00Z");
        options.with("locations", "1,2")
                .with("scan.window.upload-timeout", "30 min")
                .with("time-zone", "Europe/Paris");
        topology.locations = uploads("2024-03-03T23:59:59", "2024-03-04T00:00:00");
        start(null);
        assertThat(locations()).containsExactly(List.of(2L));
    }

    private static String uploads(String first, String second) {
        return "[{'id':1,'last_upload_timestamp':'%s'},{'id':2,'last_upload_timestamp':'%s'}]"
                .formatted(first, second)
                .replace('\'', '"');
    }

    private static String list(Object... idsAndActive) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < idsAndActive.length; i += 2) {
            rows.add("{\"id\":%s,\"active\":%s}".formatted(idsAndActive[i], idsAndActive[i + 1]));
        }
        return rows.toString();
    }

    private static long at(String local) {
        return LocalTimes.toMillis(LocalDateTime.parse(local));
    }

    private void start(EnumeratorState state) {
        Clock clock = clock(() -> now);
        context = new SimulatedContext(1);
        enumerator =
                new VidiCenterEnumerator(
                        context,
                        state == null
                                ? ScanPlan.begin(options.read(), clock)
                                : ScanPlan.resume(options.read(), state, clock),
                        new AccountQuota(() -> topology.nanos),
                        topology.access(),
                        state);
        enumerator.start();
        context.register(0);
        enumerator.handleSourceEvent(0, new ReaderHello(1, List.of()));
        context.runQueued();
    }

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        topology.nanos += time.toNanos();
        tick();
    }

    private void tick() {
        context.tick();
    }

    private List<List<Long>> locations() {
        return splits().stream().map(s -> s.parts().get(0).selection().locations()).toList();
    }

    /** Those assigned since this was asked last. */
    private List<ExportSplit> splits() {
        return context.channel(0).splits();
    }
}
