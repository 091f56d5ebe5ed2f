package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.config.Narrowing;
import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.event.ReaderHello;
import io.github.vidicenter.flink.event.SplitsFinished;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.split.ExportSplit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When an enumerator has read again what late uploads may have changed. */
class EnumeratorRefreshTest {

    private static final long EPOCH = 1;

    private final SimulatedTopology topology = new SimulatedTopology();
    private final OptionsOf options =
            OptionsOf.viewers()
                    .with("locations", "1")
                    .with("time-resolution", "1h")
                    .with("scan.start", "2024-03-04T00:00:00")
                    .with("scan.window.delay", "0 s")
                    .with("scan.refresh.lookback", "6 h")
                    .with("scan.refresh.interval", "10 min");

    private final SimulatedContext context = new SimulatedContext(1);
    private Instant now = Instant.parse("2024-03-04T01:00:00Z");
    private VidiCenterEnumerator enumerator;

    @Test
    void aBoundedScanIsReadAgainUntilItsLastWindowIsRead() {
        start(Narrowing.until(LocalDateTime.parse("2024-03-04T02:00")));
        assertThat(splits()).hasSize(2).first().matches(ExportSplit::isLedger);

        upload("2024-03-04T01:10:00");
        pass(Duration.ofMinutes(20));
        pass(Duration.ofSeconds(1));
        assertThat(splits()).singleElement().matches(ExportSplit::isRefresh);
        assertThat(context.toldOfEnd(0)).isFalse();

        pass(Duration.ofMinutes(40));
        assertThat(splits()).singleElement().matches(split -> !split.isRefresh());
        assertThat(context.toldOfEnd(0)).isTrue();

        int looks = topology.calls;
        upload("2024-03-04T05:00:00");
        for (int hour = 0; hour < 12; hour++) {
            pass(Duration.ofHours(1));
        }
        assertThat(splits()).isEmpty();
        assertThat(topology.calls).isEqualTo(looks);
    }

    @Test
    void nothingIsReadWhereNoLocationIsLeft() {
        start(Narrowing.ofIds(Set.of(2L)));
        pass(Duration.ofHours(12));

        assertThat(splits()).allMatch(ExportSplit::isLedger);
        assertThat(context.toldOfEnd(0)).isTrue();
        assertThat(topology.calls).isZero();
    }

    @Test
    void allLocationsAreReadAgainOnceTheyAreKnown() {
        options.with("locations", "*");
        topology.trouble = new Answer.Throttled(null);
        start(Narrowing.NONE);
        assertThat(splits()).singleElement().matches(ExportSplit::isLedger);

        topology.trouble = null;
        upload("2024-03-04T00:30:00");
        pass(Duration.ofMinutes(2));
        assertThat(splits()).singleElement().matches(split -> !split.isRefresh());
        refreshAfterUpload("2024-03-04T01:10:00");
    }

    /** As after the loss of a JobManager: the last minute counts as spent, so the list is late. */
    @Test
    void aRoundThatIsRestoredWaitsForTheLocations() {
        options.with("locations", "*").with("scan.locations-per-export", "1");
        topology.locations =
                "[{\"id\":1,\"last_upload_timestamp\":\"2024-03-04T01:10:00\"},"
                        + "{\"id\":2,\"last_upload_timestamp\":\"2024-03-04T01:10:00\"},"
                        + "{\"id\":3,\"last_upload_timestamp\":\"2024-03-04T01:10:00\"}]";
        start(Narrowing.NONE);
        for (int i = 0; i < 3; i++) {
            splits();
        }
        pass(Duration.ofMinutes(11));
        pass(Duration.ofSeconds(1));
        assertThat(assigned()).hasSize(2).allMatch(ExportSplit::isRefresh);
        EnumeratorState state = enumerator.snapshotState(1);

        enumerator =
                new VidiCenterEnumerator(
                        context,
                        ScanPlan.resume(options.read(), state, clock()),
                        new AccountQuota(() -> topology.nanos),
                        topology.access(),
                        state);
        enumerator.start();
        enumerator.handleSourceEvent(
                0,
                new ReaderHello(
                        EPOCH + 1,
                        List.of(
                                new ReaderHello.HeldSplit(
                                        ExportSplit.LEDGER_ID, ExportSplit.NO_START))));
        context.runQueued();
        assertThat(assigned()).isEmpty();

        pass(Duration.ofMinutes(1));
        pass(Duration.ofSeconds(1));
        assertThat(assigned()).isNotEmpty().allMatch(ExportSplit::isRefresh);
    }

    /** The export that the reader goes back to may hold older values. */
    @Test
    void aLaterRefreshThatComesBackWaitsForTheEarlierOneThatTheReaderHoldsAgain() {
        start(Narrowing.NONE);
        splits();
        ExportSplit earlier = refreshAfterUpload("2024-03-04T01:10:00");
        read(EPOCH, List.of(earlier));
        ExportSplit later = refreshAfterUpload("2024-03-04T01:30:00");

        context.unregister(0);
        enumerator.addSplitsBack(List.of(later), 0);
        context.register(0);
        enumerator.handleSourceEvent(
                0,
                new ReaderHello(
                        EPOCH + 1,
                        List.of(
                                new ReaderHello.HeldSplit(
                                        ExportSplit.LEDGER_ID, ExportSplit.NO_START),
                                new ReaderHello.HeldSplit(earlier.splitId(), earlier.start()))));
        pass(Duration.ofSeconds(1));
        assertThat(assigned()).isEmpty();

        read(EPOCH + 1, List.of(earlier));
        pass(Duration.ofSeconds(1));
        assertThat(assigned()).containsExactly(later);
    }

    private ExportSplit refreshAfterUpload(String at) {
        upload(at);
        pass(Duration.ofMinutes(11));
        pass(Duration.ofSeconds(1));
        List<ExportSplit> refreshes = assigned();
        assertThat(refreshes).singleElement().matches(ExportSplit::isRefresh);
        return refreshes.get(0);
    }

    private void start(Narrowing needed) {
        VidiCenterConfig config = options.read().narrowed(needed);
        enumerator =
                new VidiCenterEnumerator(
                        context,
                        ScanPlan.begin(config, clock()),
                        new AccountQuota(() -> topology.nanos),
                        topology.access(),
                        null);
        enumerator.start();
        context.register(0);
        enumerator.handleSourceEvent(0, new ReaderHello(EPOCH, List.of()));
        context.runQueued();
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        topology.nanos += time.toNanos();
        context.tick();
    }

    private void upload(String at) {
        topology.locations = "[{\"id\":1,\"last_upload_timestamp\":\"" + at + "\"}]";
    }

    /** Those assigned since this was asked last, all of them read. */
    private List<ExportSplit> splits() {
        List<ExportSplit> splits = assigned();
        read(EPOCH, splits);
        return splits;
    }

    private List<ExportSplit> assigned() {
        return context.channel(0).splits();
    }

    private void read(long epoch, List<ExportSplit> splits) {
        List<String> read =
                splits.stream()
                        .filter(split -> !split.isLedger())
                        .map(ExportSplit::splitId)
                        .toList();
        enumerator.handleSourceEvent(0, new SplitsFinished(epoch, read, 1));
        context.runQueued();
    }
}
