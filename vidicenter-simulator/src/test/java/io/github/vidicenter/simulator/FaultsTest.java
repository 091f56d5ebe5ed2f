package io.github.vidicenter.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import io.github.vidicenter.simulator.fault.Phase;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults are real: what a client sees on its socket. */
class FaultsTest {

    private static final String CALL = Client.viewers(1);

    private final ManualTime time = new ManualTime();
    private final VidiCenterSimulator server =
            VidiCenterSimulator.builder()
                    .locations(1, 2)
                    .time(time)
                    .buildTime(BuildTime.of(Duration.ofSeconds(1)))
                    .limits(Limits.NONE)
                    .start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aStatusWithRetryAfterForSoManyCalls() throws Exception {
        server.faults().add(FaultRule.of(new Fault.Status(503, "7", true)).skip(1).times(1));

        assertThat(client.status(CALL)).isEqualTo(200);
        HttpResponse<String> second = client.get(CALL);
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(second.body()).startsWith("<!DOCTYPE html>");
        assertThat(client.status(CALL)).isEqualTo(200);
    }

    @Test
    void listsGoWrongOnlyWhereTheRuleSaysSo() throws Exception {
        server.faults().add(FaultRule.of(new Fault.Status(503, null, false)));
        assertThat(client.status("sites/")).isEqualTo(200);

        server.faults().clear();
        server.faults()
                .add(FaultRule.of(new Fault.Status(500, null, false)).phase(Phase.LIST).times(1))
                .add(FaultRule.of(new Fault.Truncated(Fault.Cut.JSON)).phase(Phase.LIST).times(1));
        assertThat(client.status("sites/")).isEqualTo(500);
        assertThat(client.get("sites/").body()).startsWith("[").doesNotEndWith("]");
        assertThat(client.get("sites/").body()).endsWith("]");
        assertThat(client.status(CALL)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReset(boolean inBody) {
        server.faults().add(FaultRule.of(new Fault.Reset(inBody)));

        assertThatThrownBy(() -> client.get(CALL)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.Cut.class,
            names = {"CHUNKS", "CONTENT_LENGTH"})
    void aCutThatHttpShows(Fault.Cut cut) {
        server.faults().add(FaultRule.of(new Fault.Truncated(cut)).times(1));

        assertThatThrownBy(() -> client.get(CALL)).isInstanceOf(IOException.class);
    }

    @Test
    void aCutThatOnlyTheJsonShows() throws Exception {
        server.faults().add(FaultRule.of(new Fault.Truncated(Fault.Cut.JSON)).times(1));

        assertThat(client.get(CALL).body()).isEqualTo("{\"state\":");
    }

    @Test
    void aCutThatOnlyTheCompressedStreamShows() throws Exception {
        server.faults().add(FaultRule.of(new Fault.Truncated(Fault.Cut.GZIP)).times(1));
        HttpResponse<InputStream> answer = client.stream(CALL);

        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThatThrownBy(() -> new GZIPInputStream(answer.body()).readAllBytes())
                .isInstanceOf(EOFException.class);
    }

    @Test
    void brokenGzip() throws Exception {
        server.faults().add(FaultRule.of(new Fault.BrokenGzip()).times(1));

        assertThat(client.get(CALL).headers().firstValue("Content-Encoding")).hasValue("gzip");
    }

    @Test
    void pagesAndRedirectsDoNotTouchTheExport() throws Exception {
        server.faults()
                .add(FaultRule.of(new Fault.Page()).times(1))
                .add(FaultRule.of(new Fault.Redirect("https://example.com/")).times(1));

        assertThat(client.get(CALL).body()).contains("<html>");
        assertThat(client.status(CALL)).isEqualTo(302);
        assertThat(server.audit().starts()).isZero();
    }

    /** What is told of the export is wrong, but it is started, and built anew, all the same. */
    @Test
    void otherStatesAndNoDataAreToldOfACallThatDidWhatItShould() throws Exception {
        server.faults()
                .add(FaultRule.of(new Fault.OtherState("resting")).times(1))
                .add(FaultRule.of(new Fault.OtherState(null)).times(1))
                .add(FaultRule.of(new Fault.WithoutData()).times(1))
                .add(FaultRule.of(new Fault.OtherState("started")).times(1));

        assertThat(client.get(CALL).body()).isEqualTo("{\"state\":\"resting\"}");
        assertThat(server.audit().starts()).isOne();
        assertThat(client.get(CALL).body()).isEqualTo("{}");
        assertThat(client.get(CALL).body()).isEqualTo("{\"state\":\"finished\"}");
        assertThat(server.audit().starts()).isOne();
        assertThat(client.get(CALL + "&force_rebuild").body()).isEqualTo("{\"state\":\"started\"}");
        assertThat(server.audit().rebuilds()).isOne();
    }

    @Test
    void anExportFailsForOneLocationAndIsCached() throws Exception {
        server.faults()
                .add(
                        FaultRule.of(new Fault.FailedExport("camera on fire"))
                                .location(2)
                                .phase(Phase.START));
        client.json(CALL);
        client.json(Client.viewers(2));
        time.advance(Duration.ofSeconds(1));

        assertThat(client.state(CALL)).isEqualTo("finished");
        assertThat(client.json(Client.viewers(2)).path("fail_reason").asText())
                .isEqualTo("camera on fire");
        assertThat(client.state(Client.viewers(2))).isEqualTo("failed");
    }

    @Test
    void aStuckExportTakesLonger() throws Exception {
        server.faults()
                .add(FaultRule.of(new Fault.Stuck(Duration.ofMinutes(5))).phase(Phase.START));
        client.json(CALL);
        time.advance(Duration.ofMinutes(5));
        assertThat(client.state(CALL)).isEqualTo("in_progress");

        time.advance(Duration.ofSeconds(1));
        assertThat(client.state(CALL)).isEqualTo("finished");
    }

    @Test
    void aSlowAnswerIsWholeInTheEnd() throws Exception {
        server.faults().add(FaultRule.of(new Fault.Slow(Duration.ofMillis(1))).times(1));

        assertThat(client.state(CALL)).isEqualTo("started");
    }
}
