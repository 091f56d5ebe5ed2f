package io.github.vidicenter.flink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class ViewersStreamTest {

    @Test
    void countsTheViewersOfAMorning() throws Exception {
        LocalDateTime start = LocalDateTime.of(2024, 3, 4, 8, 0);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try (VidiCenterSimulator simulator =
                VidiCenterSimulator.builder().locations(1056, 8264).start()) {
            int status = ViewersStream.run(simulator, start, start.plusHours(2), out);

            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .contains("2024-03-04T08:00  location 1056:")
                    .contains("2024-03-04T09:00  location 8264:")
                    .doesNotContain("2024-03-04T10:00")
                    .contains("All sums equal the simulator's truth.");
            assertThat(status).isZero();
        }
    }
}
