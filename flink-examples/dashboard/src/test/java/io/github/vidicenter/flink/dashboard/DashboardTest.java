package io.github.vidicenter.flink.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vidicenter.flink.dashboard.service.DemoService;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.nio.file.Path;
import java.sql.Connection;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The whole dashboard, over one day that passes in a minute: simulator, Flink, PostgreSQL, server,
 * and the page in a real browser where there is one. The tests follow each other through the day.
 */
@EnabledIfSystemProperty(
        named = "dashboard.test",
        matches = "true",
        disabledReason = "a day in a minute wants a machine of its own: -Ddashboard.test=true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardTest {

    private static final LocalDate DAY = LocalDate.of(2024, 3, 6);
    private static final int SPEED = 1440;
    private static final long LOCATION = 1056;
    private static final long SILENT = 9876;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static DemoService service;
    private static VidiCenterSimulator simulator;
    private static Dashboard dashboard;

    @BeforeAll
    static void start() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("dashboard.port", "0");
        service = DemoService.start(DAY.atStartOfDay(), Duration.ofDays(1), SPEED);
        simulator = service.simulator();
        simulator.uploadLag(Duration.ZERO);
        simulator.uploadLag(SILENT, Duration.ofDays(1000));
        dashboard = Dashboard.start(Settings.of(properties), service);
    }

    @AfterAll
    static void stop() {
        if (dashboard != null) {
            dashboard.close();
        }
    }

    @Test
    @Order(1)
    void anUploadIsOnThePage() throws Exception {
        try (Browser page = openPage()) {
            // Far enough ahead that it has not been read, however slow this machine is.
            LocalDateTime ahead = service.now().plusHours(8).truncatedTo(ChronoUnit.HOURS);
            String window =
                    "[data-location='%d'] [data-minute='%d']"
                            .formatted(LOCATION, ahead.getHour() * 60);
            show(page, ahead.toLocalDate());
            upload(ahead.plusMinutes(5), 6543, 60_000);

            patiently()
                    .untilAsserted(
                            () ->
                                    assertThat(page.attribute(window, "data-state"))
                                            .isEqualTo("data"));
            long sum = watchers(List.of(LOCATION), ahead, Duration.ofMinutes(15));
            assertThat(sum).isGreaterThanOrEqualTo(6543);
            assertThat(page.text(window + " title"))
                    .endsWith(": %s watchers, data".formatted(text(sum)));
            assertThat(page.errors()).isEmpty();
        }
    }

    @Test
    @Order(2)
    void theDaysSumsAreTheSimulatorsTruth() throws Exception {
        try (Connection database = dashboard.database().access().connect()) {
            patiently()
                    .untilAsserted(
                            () -> {
                                assertThat(DayTruth.storedAudience(database, DAY))
                                        .isEqualTo(DayTruth.audience(simulator, DAY));
                                assertThat(DayTruth.storedDemographics(database, DAY))
                                        .isEqualTo(DayTruth.demographics(simulator, DAY));
                            });
            // Five locations, of which one has no data at all, and four windows an hour.
            assertThat(DayTruth.storedAudience(database, DAY)).hasSize(5 * 96);
        }
        assertThat(simulator.audit().rejected()).isZero();
    }

    @Test
    @Order(3)
    void thePageShowsTheDaysSums() throws Exception {
        try (Browser page = openPage()) {
            show(page, DAY);
            patiently().until(() -> page.count("#hours tbody tr") == 24);

            long sum = watchers(simulator.locations(), DAY.atStartOfDay(), Duration.ofDays(1));
            assertThat(page.text("#watchers")).isEqualTo(text(sum));
            assertThat(page.text("#open")).isEqualTo("0");
            assertThat(page.text("[data-location='9876'] [data-field=watchers]"))
                    .isEqualTo("no data");
            assertThat(page.count("[data-location='9876'] [data-state=none]")).isEqualTo(96);

            page.screenshot(SCREENSHOTS.resolve("light.png"));
            page.dark(true);
            page.screenshot(SCREENSHOTS.resolve("dark.png"));
            page.width(390);
            assertThat(page.run("return document.documentElement.scrollWidth")).isEqualTo(390L);
            page.screenshot(SCREENSHOTS.resolve("phone.png"));
            assertThat(page.errors()).isEmpty();
        }
    }

    private static Browser openPage() {
        assumeTrue(
                Browser.isInstalled(),
                "the page is not tested: there is no Chromium (Debian's packages are chromium and"
                        + " chromium-driver)");
        return Browser.open(dashboard.url());
    }

    /** Picks a day on the page. */
    private static void show(Browser page, LocalDate day) {
        patiently().until(() -> page.count("[data-location]") > 0);
        page.run(
                "const day = document.getElementById('day'); day.value = arguments[0];"
                        + "day.dispatchEvent(new Event('change'))",
                day.toString());
    }

    private static void upload(LocalDateTime bucket, long watchers, long ots) {
        simulator.upload(
                "ots",
                "5m",
                List.of(
                        Map.of(
                                "location_id", LOCATION,
                                "period_start", bucket,
                                "ots_count", ots,
                                "duration", 300.0,
                                "watcher_count", watchers)));
    }

    private static long watchers(List<Long> locations, LocalDateTime start, Duration length) {
        return simulator
                .truth("ots", "5m", locations, start, start.plus(length))
                .map(row -> (Long) row.get("watcher_count"))
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }

    private static String text(long number) {
        return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(number);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofMillis(500));
    }
}
