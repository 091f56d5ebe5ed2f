package io.github.vidicenter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private final ManualTime time = new ManualTime();
    private final VidiCenterSimulator server =
            VidiCenterSimulator.builder()
                    .locations(1, 2, 3, 4)
                    .time(time)
                    .buildTime(BuildTime.of(Duration.ofSeconds(10)))
                    .start();
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void fiftyCallsInAnyMinute() throws Exception {
        for (int call = 0; call < 50; call++) {
            assertThat(client.status("whoami/")).isEqualTo(200);
            time.advance(Duration.ofSeconds(1));
        }
        var refused = client.get("whoami/");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");

        time.advance(Duration.ofSeconds(10));
        assertThat(client.status("whoami/")).isEqualTo(200);
        assertThat(server.audit().tooManyCalls()).isOne();
        assertThat(server.audit().maxCallsInMinute()).isEqualTo(51);
    }

    @Test
    void threeExportsAtATime() throws Exception {
        for (long location = 1; location <= 3; location++) {
            assertThat(client.state(Client.viewers(location))).isEqualTo("started");
        }
        assertThat(client.status(Client.viewers(4))).isEqualTo(429);
        assertThat(client.state(Client.viewers(1))).as("a poll").isEqualTo("in_progress");

        time.advance(Duration.ofSeconds(10));
        assertThat(client.state(Client.viewers(4))).isEqualTo("started");
        assertThat(server.audit().tooManyExports()).isOne();
        assertThat(server.audit().maxConcurrentExports()).isEqualTo(3);
    }

    @Test
    void twoRequestsAtATime() throws Exception {
        server.faults().add(FaultRule.of(new Fault.Hang()).times(2));
        HttpClient http = HttpClient.newHttpClient();
        for (int i = 0; i < 2; i++) {
            http.sendAsync(client.request(Client.viewers(1)), HttpResponse.BodyHandlers.ofString());
        }
        while (server.faults().happened() < 2) {
            Thread.onSpinWait();
        }
        assertThat(client.status(Client.viewers(1))).isEqualTo(429);
        assertThat(server.audit().tooManyRequests()).isOne();
        assertThat(server.audit().maxSimultaneousRequests()).isEqualTo(3);
    }

    @Test
    void anExportWithTooManyRowsFails() throws Exception {
        server.limits(Limits.DEFAULT.withRows(3_000_000, 1));
        client.json(Client.viewers(1));
        time.advance(Duration.ofSeconds(10));

        var answer = client.json(Client.viewers(1));

        assertThat(answer.path("state").asText()).isEqualTo("failed");
        assertThat(answer.path("fail_reason").asText()).contains("Too many rows");
    }
}
