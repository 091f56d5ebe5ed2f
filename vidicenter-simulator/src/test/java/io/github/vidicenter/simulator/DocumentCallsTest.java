package io.github.vidicenter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The calls that the two editions of the API document print are answered. */
class DocumentCallsTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/document-calls.txt", delimiter = ' ')
    void isAnswered(String edition, String call) throws Exception {
        try (VidiCenterSimulator server =
                VidiCenterSimulator.builder()
                        .dialect(
                                edition.equals("new")
                                        ? new Dialect[] {Dialect.NEW_EDITION}
                                        : new Dialect[0])
                        .buildTime(BuildTime.NONE)
                        .start()) {
            Client client = new Client(server);

            assertThat(client.state(call)).isEqualTo("started");
            JsonNode answer = client.json(call);
            assertThat(answer.path("state").asText()).isEqualTo("finished");
            // By night nobody may have passed.
            if (!call.contains("finest")) {
                assertThat(answer.path("data")).isNotEmpty();
            }
        }
    }
}
