package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't be made good is cut down to the part that fails, and told or skipped. */
class FinalFailureTest {

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    private final FaultyScan scan = new FaultyScan();

    @AfterEach
    void stopServer() {
        assertThat(scan.server.audit().rejected()).as("limits passed").isZero();
        scan.close();
    }

    @Test
    void skipDropsTheLocationThatFailsAndNothingElse() {
        scan.server.faults().add(FaultRule.of(new Fault.FailedExport("broken")).location(2));

        assertThat(
                        scan.run(
                                "'export.on-failure' = 'skip', 'export.max-attempts' = '2',"
                                        + " 'scan.locations-per-export' = '3',"
                                        + " 'scan.window.size' = '12 h',"))
                .containsExactlyInAnyOrderElementsOf(scan.truth(List.of(1L, 3L)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void aLocationThatIsRefusedIsCutOutAtOnce(int status) {
        scan.server.faults().add(FaultRule.of(new Fault.Status(status, null, false)).location(2));

        assertThat(
                        scan.run(
                                "'export.on-failure' = 'skip', 'scan.locations-per-export' = '3',"
                                        + " 'scan.window.size' = '12 h',"))
                .containsExactlyInAnyOrderElementsOf(scan.truth(List.of(1L, 3L)));
    }

    @Test
    void aRefusedLocationIsNamed() {
        scan.server.faults().add(FaultRule.of(new Fault.Status(403, null, false)).location(2));

        assertThatThrownBy(() -> scan.run("'scan.locations-per-export' = '3',"))
                .satisfies(
                        e ->
                                assertThat(ExceptionUtils.stringifyException(e))
                                        .contains("HTTP 403", "locations=2", "export.on-failure"));
    }

    @Test
    void anExportWithTooManyRowsIsCutUntilItFits() {
        scan.server.limits(scan.server.limits().withRows(20, 20));

        // 12 h of 3 locations are 144 rows.
        scan.runsRight("'export.max-attempts' = '2', 'scan.locations-per-export' = '3',");
    }

    @Test
    void failingForGoodNamesRequestAndReason() {
        scan.server.faults().add(FaultRule.of(new Fault.FailedExport("camera on fire")));

        assertThatThrownBy(() -> scan.run("'export.max-attempts' = '2',"))
                .satisfies(
                        e ->
                                assertThat(ExceptionUtils.stringifyException(e))
                                        .contains("camera on fire", "data_type=viewers")
                                        .contains("'export.on-failure' = 'skip'")
                                        .doesNotContain(scan.server.token()));
    }

    @Test
    void aRedirectIsNotFollowedAndTold() {
        scan.server.faults().add(FaultRule.of(new Fault.Redirect("https://elsewhere.example/")));

        assertThatThrownBy(() -> scan.run(""))
                .satisfies(
                        e ->
                                assertThat(ExceptionUtils.stringifyException(e))
                                        .contains("HTTP 302", "'url'"));
    }

    @Test
    void aWrongTokenIsToldAndNeverShown() {
        String shown = scan.server.token();
        scan.server.setToken("another-one");

        assertThatThrownBy(() -> scan.runWith("'token' = '" + shown + "'", ""))
                .satisfies(
                        e ->
                                assertThat(ExceptionUtils.stringifyException(e))
                                        .contains("'token'", "Invalid API Token")
                                        .doesNotContain(shown));
        assertThat(scan.server.audit().unauthorized()).as("a second try can't help").isLessThan(4);
    }

    @Test
    void aNewTokenInTheFileIsReadAfterA401InMidRun(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("token");
        Files.writeString(file, scan.server.token() + "\n");
        scan.server.faults().add(FaultRule.of(new Fault.Status(401, null, false)).skip(3).times(1));

        assertThat(scan.runWith("'token-file' = '" + file + "'", ""))
                .containsExactlyInAnyOrderElementsOf(scan.truth());
        assertThat(scan.server.faults().happened()).isEqualTo(1);
    }

    @Test
    void aFileWithTheNewTokenIsReadAfterA401(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("token");
        Files.writeString(file, "old-one\n");
        scan.server.setToken("the-new-one");
        Files.writeString(file, "the-new-one\n");

        assertThat(scan.runWith("'token-file' = '" + file + "'", ""))
                .containsExactlyInAnyOrderElementsOf(scan.truth());
    }
}
