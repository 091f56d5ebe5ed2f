package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.fromMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.split.ExportSplitSerializer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.util.FlinkRuntimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A restore may change some options; others are refused with the reason. */
class RestoreWithOtherOptionsTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2024-03-06T12:00:00Z"), ZoneOffset.UTC);

    private static OptionsOf options() {
        return OptionsOf.viewers()
                .with("locations", "1,2,3")
                .with("scan.start", "2024-03-04T00:00:00")
                .with("scan.end", "2024-03-04T02:00:00")
                .with("scan.window.size", "1 h")
                .with("scan.window.max-size", "1 h")
                .with("scan.locations-per-export", "1");
    }

    /** Through the bytes of a checkpoint, after the first of the first hour's three exports. */
    private static EnumeratorState stateAfterOneExport() throws IOException {
        ScanPlan plan = ScanPlan.begin(options().read(), CLOCK);
        plan.next(1).orElseThrow();
        EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();
        return serializer.deserialize(
                serializer.getVersion(), serializer.serialize(plan.snapshot(List.of(), Set.of())));
    }

    /** What is read after a restore, as hour and id. */
    private static List<String> readOn(OptionsOf options) throws IOException {
        ScanPlan plan = ScanPlan.resume(options.read(), stateAfterOneExport(), CLOCK);
        List<String> exports = new ArrayList<>();
        for (Optional<ExportSplit> next = plan.next(1); next.isPresent(); next = plan.next(1)) {
            ExportSplitSerializer serializer = new ExportSplitSerializer();
            ExportSplit split =
                    serializer.deserialize(
                            serializer.getVersion(), serializer.serialize(next.get()));
            exports.add(
                    fromMillis(split.start()).getHour()
                            + ":"
                            + split.parts().get(0).selection().locations());
        }
        assertThat(plan.isDone()).isEqualTo(options.read().scan().end() != null);
        return exports;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url | https://elsewhere.example/api/v1/",
                "username | somebody-else",
                "data-type | ots",
                "time-resolution | 15m",
                "scan.window.size | 30 min",
                "scan.start | 2024-03-03T00:00:00",
                "scan.start | -P1D",
                "group-by-demographics | true",
            })
    void isRefusedNamingTheOptionAndWhatToDo(String option, String value) throws IOException {
        EnumeratorState state = stateAfterOneExport();
        OptionsOf changed = options().with(option, value);

        assertThatThrownBy(() -> ScanPlan.resume(changed.read(), state, CLOCK))
                .isInstanceOf(FlinkRuntimeException.class)
                .hasMessageContaining("'" + option + "' was ")
                .hasMessageContaining("restore with the old value, or start without state");
    }

    @ParameterizedTest
    @CsvSource({"sites", "location-tags", "site-tags"})
    void anotherKindOfSelectorIsRefused(String selector) throws IOException {
        EnumeratorState state = stateAfterOneExport();
        OptionsOf changed = options().without("locations").with(selector, "1,2,3");
        OptionsOf more = options().with(selector, "1");

        assertThatThrownBy(() -> ScanPlan.resume(changed.read(), state, CLOCK))
                .hasMessageContaining("kind of selector")
                .hasMessageContaining("locations");
        assertThatThrownBy(() -> ScanPlan.resume(more.read(), state, CLOCK))
                .hasMessageContaining("kind of selector");
    }

    @Test
    void unchangedGoesOnWhereItWas() throws IOException {
        assertThat(readOn(options())).containsExactly("0:[2]", "0:[3]", "1:[1]", "1:[2]", "1:[3]");
    }

    @Test
    void moreIdsComeWithTheNextWindow() throws IOException {
        assertThat(readOn(options().with("locations", "1,2,3,4")))
                .containsExactly("0:[2]", "0:[3]", "1:[1]", "1:[2]", "1:[3]", "1:[4]");
    }

    @Test
    void fewerIdsGoWithTheNextWindow() throws IOException {
        assertThat(readOn(options().with("locations", "2")))
                .containsExactly("0:[2]", "0:[3]", "1:[2]");
    }

    @Test
    void aLaterEndIsReadTo() throws IOException {
        assertThat(readOn(options().with("scan.end", "2024-03-04T03:00:00")))
                .hasSize(8)
                .endsWith("2:[1]", "2:[2]", "2:[3]");
    }

    /** Buckets of 7 days are counted from a start that is only known now. */
    @Test
    void anEndThatCutsABucketIsRefusedOnceTheStartIsKnown() throws IOException {
        OptionsOf weeks =
                OptionsOf.viewers()
                        .with("time-resolution", "7d")
                        .with("scan.start", "-P10D")
                        .with("scan.end", "2024-03-10T00:00:00");
        ScanPlan plan = ScanPlan.begin(weeks.read(), CLOCK);
        EnumeratorState state = plan.snapshot(List.of(), Set.of());
        OptionsOf misaligned = weeks.with("scan.end", "2024-03-12T00:00:00");

        assertThatThrownBy(() -> ScanPlan.begin(misaligned.read(), CLOCK))
                .hasMessageContaining("'scan.end' = '2024-03-12T00:00:00'")
                .hasMessageContaining("'scan.start', 2024-02-25T00:00:00, plus")
                .hasMessageContaining("Nearest: '2024-03-10T00:00:00' and '2024-03-17T00:00:00'");
        assertThatThrownBy(() -> ScanPlan.resume(misaligned.read(), state, CLOCK))
                .hasMessageContaining("'scan.end' = '2024-03-12T00:00:00'");
    }

    @Test
    void anEndThatIsTakenAwayKeepsTheScanGoing() throws IOException {
        // 60 hours to CLOCK, the last of which is due 5 minutes after it.
        assertThat(readOn(options().without("scan.end"))).hasSize(3 * 59 - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quota.requests-per-minute | 7",
                "quota.concurrent-exports | 1",
                "quota.connections | 1",
                "scan.window.delay | 1 h",
                "poll.min-interval | 3 s",
                "poll.max-interval | 4 s",
                "export.timeout | 1 h",
                "export.max-attempts | 2",
                "export.on-failure | skip",
                "export.reuse-cached | true",
                "http.connect-timeout | 1 s",
                "http.request-timeout | 1 s",
                "token | another",
            })
    void changesNothingOfWhatIsRead(String option, String value) throws IOException {
        assertThat(readOn(options().with(option, value)))
                .containsExactly("0:[2]", "0:[3]", "1:[1]", "1:[2]", "1:[3]");
    }

    @Test
    void anotherPackingHoldsFromTheNextWindow() throws IOException {
        assertThat(readOn(options().with("scan.locations-per-export", "3")))
                .containsExactly("0:[2]", "0:[3]", "1:[1, 2, 3]");
    }
}
