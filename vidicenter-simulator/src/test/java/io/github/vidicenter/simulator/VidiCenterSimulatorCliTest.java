package io.github.vidicenter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class VidiCenterSimulatorCliTest {

    @Test
    void startsAsToldAndShowsACallThatWorks() throws Exception {
        VidiCenterSimulatorCli cli = new VidiCenterSimulatorCli();
        new CommandLine(cli)
                .parseArgs(
                        "--port",
                        "0",
                        "--user",
                        "me",
                        "--token",
                        "mine",
                        "--locations",
                        "7,8",
                        "--build-time",
                        "PT0S",
                        "--dialect",
                        "STATUS_FOR_STATE",
                        "--clock",
                        "2024-03-05T00:00:00/60");
        try (VidiCenterSimulator simulator = cli.start()) {
            String greeting = VidiCenterSimulatorCli.greeting(simulator);
            assertThat(greeting).contains("curl -u me:mine '" + simulator.url() + "data/?");
            String call = greeting.split("'")[1];

            Client client = new Client(simulator);
            assertThat(client.json(call).path("status").asText()).isEqualTo("started");
            assertThat(client.json(call).path("data")).isNotEmpty();
        }
    }
}
