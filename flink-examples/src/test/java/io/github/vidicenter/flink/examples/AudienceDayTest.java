package io.github.vidicenter.flink.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class AudienceDayTest {

    private static final LocalDateTime SEVEN = LocalDateTime.of(2024, 3, 4, 7, 0);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void printsAMorningHourByHourAndFindsTheTruth() throws Exception {
        try (DemoService service = morning(7200)) {
            assertThat(AudienceDay.run(service, out)).as(printed()).isZero();

            List<AudienceHour> truth = truth(service);
            assertThat(truth).hasSize(6);
            AudienceHour last = truth.get(5);
            assertThat(printed())
                    .contains("3 of 3 windows done, ")
                    .containsPattern(
                            "2024-03-04 09:00 +8264 +%d +%d +"
                                    .formatted(last.ots(), last.watchers()))
                    .contains("All sums equal the simulator's truth.");
            assertThat(service.simulator().audit().rejected()).isZero();
        }
    }

    @Test
    void tellsWhenAnHourIsWrongOrMissing() {
        // So fast that the morning is over at once.
        try (DemoService service = morning(1_000_000_000)) {
            List<AudienceHour> hours = new ArrayList<>(truth(service));
            assertThat(service.conclude(hours, out)).isTrue();

            AudienceHour hour = hours.remove(3);
            assertThat(service.conclude(hours, out)).isFalse();
            assertThat(printed()).contains("WRONG: 5 hours instead of 6, of which 0 differ");

            hours.add(
                    new AudienceHour(
                            hour.start(),
                            hour.location(),
                            hour.ots() + 1,
                            hour.watchers(),
                            hour.conversion(),
                            hour.dwellSeconds(),
                            hour.averageDwellSeconds()));
            assertThat(service.conclude(hours, out)).isFalse();
            assertThat(printed()).contains("WRONG: 6 hours instead of 6, of which 1 differ");
        }
    }

    @Test
    void readsTheServiceThatPropertiesName() throws Exception {
        try (VidiCenterSimulator server = VidiCenterSimulator.builder().locations(1234).start()) {
            Properties properties = new Properties();
            properties.setProperty("vidicenter.url", server.url().toString());
            properties.setProperty("vidicenter.username", server.username());
            properties.setProperty("vidicenter.token", server.token());
            properties.setProperty("vidicenter.token-file", "");
            properties.setProperty("vidicenter.locations", "1234");
            RealService service = RealService.of(properties);
            StreamTableEnvironment tables =
                    StreamTableEnvironment.create(LocalFlink.create().environment());

            LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
            try (CloseableIterator<Row> rows =
                    AudienceQuery.execute(tables, service.options()).collect()) {
                AudienceHour first = AudienceHour.of(rows.next());
                AudienceHour second = AudienceHour.of(rows.next());

                LocalDateTime dayAgo = now.minusDays(1).truncatedTo(ChronoUnit.HOURS);
                assertThat(first.start()).isBetween(dayAgo, dayAgo.plusHours(1));
                assertThat(second.start()).isEqualTo(first.end());
                assertThat(first)
                        .isEqualTo(
                                AudienceTruth.of(server, List.of(1234L), first.start(), first.end())
                                        .get(0));
            }
        }
    }

    @Test
    void needsTheWholeAccount() {
        Properties properties = new Properties();
        assertThat(RealService.isAskedFor(properties)).isFalse();

        properties.setProperty("vidicenter.username", "me");
        properties.setProperty("vidicenter.locations", "");
        assertThat(RealService.isAskedFor(properties)).isTrue();
        assertThatThrownBy(() -> RealService.of(properties))
                .hasMessageContaining("-Dvidicenter.locations")
                .hasMessageEndingWith("given: [username]");
    }

    private static DemoService morning(int factor) {
        return new DemoService(List.of(1056L, 8264L), SEVEN, Duration.ofHours(3), factor);
    }

    private static List<AudienceHour> truth(DemoService service) {
        return AudienceTruth.of(
                service.simulator(), List.of(1056L, 8264L), SEVEN, SEVEN.plusHours(3));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
