package io.github.vidicenter.flink.dashboard;

import static io.github.vidicenter.flink.dashboard.job.AudienceJob.WINDOW;
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
import java.util.ArrayList;
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
import org.openqa.selenium.Keys;

/**
 * The whole dashboard: simulator, Flink, PostgreSQL, server, and the page in a real browser where
 * there is one. The day before is read as a backlog; the day itself goes on four minutes a second.
 * What is waited for are states on the page and in the database, however late they come.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardTest {

    private static final LocalDate DAY = LocalDate.of(2024, 3, 6);
    private static final LocalDate DAY_BEFORE = DAY.minusDays(1);
    private static final int SPEED = 240;
    private static final long LOCATION = 1056;
    private static final long LATE = 8264;
    private static final long SILENT = 9876;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static DemoService service;
    private static VidiCenterSimulator simulator;
    private static Dashboard dashboard;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("dashboard.port", "0");
        service = DemoService.start(DAY.atTime(10, 30), Duration.ofDays(1), SPEED);
        service.lateBy(Duration.ofDays(3));
        simulator = service.simulator();
        dashboard = Dashboard.start(Settings.of(properties), service);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (dashboard != null) {
            dashboard.close();
        }
    }

    @Test
    @Order(1)
    void theDaysSumsAreTheSimulatorsTruth() throws Exception {
        try (Connection database = dashboard.database().access().connect()) {
            patiently()
                    .untilAsserted(
                            () -> {
                                assertThat(DayTruth.storedAudience(database, DAY_BEFORE))
                                        .isEqualTo(DayTruth.audience(simulator, DAY_BEFORE));
                                assertThat(DayTruth.storedDemographics(database, DAY_BEFORE))
                                        .isEqualTo(DayTruth.demographics(simulator, DAY_BEFORE));
                            });
            // Five locations, of which two have no data at all, and four windows an hour.
            assertThat(DayTruth.storedAudience(database, DAY_BEFORE)).hasSize(5 * 96);
        }
    }

    @Test
    @Order(2)
    void thePageShowsTheSumsOfADay() {
        Browser page = openPage();
        show(page, DAY_BEFORE);
        patiently().until(() -> page.count("#hours tbody tr") == 24);

        long sum = watchers(simulator.locations(), DAY_BEFORE.atStartOfDay(), Duration.ofDays(1));
        assertThat(page.text("#watchers")).isEqualTo(text(sum));
        assertThat(page.text("#open")).isEqualTo("0");
        assertThat(page.text("#corrected")).isEqualTo("0");
        assertThat(page.text(of(SILENT) + " [data-field=watchers]")).isEqualTo("no data");
        assertThat(page.count(of(SILENT) + " [data-state=none]")).isEqualTo(96);
        assertThat(page.text(of(LOCATION) + " .name span")).isEqualTo("location-1056");
        assertThat(page.text(of(LOCATION) + " .name small")).startsWith("site-");
        assertThat(page.errors()).isEmpty();
    }

    @Test
    @Order(3)
    void anUploadIsOnThePage() {
        Browser page = openPage();
        LocalDateTime ahead = uploadAhead(93);
        show(page, ahead.toLocalDate());

        awaitSum(page, LOCATION, ahead, "data");
        assertThat(watchers(List.of(LOCATION), ahead, WINDOW)).isGreaterThanOrEqualTo(93);
        assertThat(page.errors()).isEmpty();
    }

    @Test
    @Order(4)
    void aLateUploadChangesAndMarksTheNumberOnThePage() {
        LocalDateTime past = pastWindow();
        Browser page = openPage();
        show(page, past.toLocalDate());
        patiently().until(() -> "data".equals(state(page, LOCATION, past)));
        String before = words(page, LOCATION, past);

        upload(past, 61);
        assertThat(watchers(List.of(LOCATION), past, WINDOW)).isGreaterThanOrEqualTo(61);
        awaitSum(page, LOCATION, past, "corrected");
        assertThat(words(page, LOCATION, past)).isNotEqualTo(before);
        assertThat(page.text("#corrected")).isNotEqualTo("0");
        int hour = past.getHour() + 1;
        assertThat(page.text("#hours tbody tr:nth-child(" + hour + ") td")).endsWith(" *");
        assertThat(page.text(of(LOCATION) + " .windows")).contains(" corrected");
        // Its neighbours were read again too, and had not changed.
        assertThat(state(page, LOCATION, past.plus(WINDOW))).isEqualTo("data");
        assertThat(state(page, LOCATION, past.minus(WINDOW))).isEqualTo("data");
        assertThat(page.errors()).isEmpty();
    }

    @Test
    @Order(5)
    void whatALocationUploadsLateIsCorrected() throws Exception {
        LocalDateTime window = pastWindow();
        Browser page = openPage();
        show(page, window.toLocalDate());
        patiently().until(() -> "none".equals(state(page, LATE, window)));

        service.lateBy(Duration.ofHours(1));
        awaitSum(page, LATE, window, "corrected");

        page.screenshot(SCREENSHOTS.resolve("light.png"));
        page.dark(true);
        page.screenshot(SCREENSHOTS.resolve("dark.png"));
        page.width(390);
        patiently()
                .untilAsserted(
                        () ->
                                assertThat(page.run("return document.documentElement.scrollWidth"))
                                        .isEqualTo(390L));
        page.screenshot(SCREENSHOTS.resolve("phone.png"));
        assertThat(page.errors()).isEmpty();
    }

    @Test
    @Order(6)
    void allIsReachedByKeyboard() {
        Browser page = openPage();
        // A day that does not go on to the next meanwhile, as today may.
        show(page, DAY);
        tabTo(page, "previous");
        page.press(Keys.ENTER);
        patiently().until(() -> shownDay(page).equals(DAY_BEFORE.toString()));

        assertThat(tabTo(page, "All numbers as a table"))
                .containsSubsequence("day", "next", "today", "filter");
        page.press(Keys.ENTER);
        page.press(Keys.TAB);
        assertThat(page.run("return document.activeElement.ariaLabel"))
                .isEqualTo("Watchers per hour and location");
    }

    @Test
    @Order(7)
    void theAccountsLimitsWereKept() {
        assertThat(simulator.audit().rejected()).isZero();
    }

    /** Returns what had the focus on the way. */
    private static List<String> tabTo(Browser page, String element) {
        List<String> reached = new ArrayList<>();
        while (!reached.contains(element)) {
            assertThat(reached).hasSizeLessThan(20);
            page.press(Keys.TAB);
            reached.add(page.focus());
        }
        return reached;
    }

    /** The day whose numbers are on the page; null before there are any. */
    private static String shownDay(Browser page) {
        String label = page.attribute("#audience-chart", "aria-label");
        return label.contains(":") ? label.replaceFirst("(?s).*, (\\S+):.*", "$1") : null;
    }

    /** The page as it is when it is opened; the browser stays. */
    private static Browser openPage() {
        assumeTrue(
                Browser.isInstalled(),
                "the page is not tested: there is no Chromium (Debian's packages are chromium and"
                        + " chromium-driver)");
        if (browser == null) {
            browser = Browser.open();
        }
        browser.show(dashboard.url());
        return browser;
    }

    /** Picks a day on the page, and waits until it is there. */
    private static void show(Browser page, LocalDate day) {
        patiently().until(() -> shownDay(page) != null);
        page.run(
                "const day = document.getElementById('day'); day.value = arguments[0];"
                        + "day.dispatchEvent(new Event('change'))",
                day.toString());
        patiently().until(() -> day.toString().equals(shownDay(page)));
    }

    private static String of(long location) {
        return "[data-location='%d']".formatted(location);
    }

    private static String mark(long location, LocalDateTime window) {
        int minute = window.getHour() * 60 + window.getMinute();
        return of(location) + " [data-minute='%d']".formatted(minute);
    }

    private static String state(Browser page, long location, LocalDateTime window) {
        return page.attribute(mark(location, window), "data-state");
    }

    /** What a window's mark says. */
    private static String words(Browser page, long location, LocalDateTime window) {
        return page.text(mark(location, window) + " title");
    }

    /** A sum is stored row by row, so the first that is shown may be of a part of the window. */
    private static void awaitSum(Browser page, long location, LocalDateTime window, String state) {
        patiently()
                .untilAsserted(
                        () -> {
                            String sum = text(watchers(List.of(location), window, WINDOW));
                            assertThat(words(page, location, window))
                                    .endsWith(": %s watchers, %s".formatted(sum, state));
                        });
    }

    /** The last one that is over for two hours, and in which the locations were open. */
    private static LocalDateTime pastWindow() {
        LocalDateTime past = service.now().minusHours(2).truncatedTo(ChronoUnit.HOURS);
        while (past.getHour() < 9 || past.getHour() > 17) {
            past = past.minusHours(1);
        }
        return past.plusMinutes(30);
    }

    /** Uploads to a window before it has begun, so before it can have been read; returns it. */
    private static LocalDateTime uploadAhead(long watchers) {
        LocalDateTime ahead;
        do {
            ahead = service.now().truncatedTo(ChronoUnit.HOURS);
            while (ahead.isBefore(service.now().plusMinutes(20))) {
                ahead = ahead.plus(WINDOW);
            }
            upload(ahead, watchers);
        } while (!service.now().isBefore(ahead));
        return ahead;
    }

    private static void upload(LocalDateTime window, long watchers) {
        simulator.upload(
                "ots",
                "5m",
                List.of(
                        Map.of(
                                "location_id",
                                LOCATION,
                                "period_start",
                                window.plusMinutes(5),
                                "ots_count",
                                10 * watchers,
                                "duration",
                                300.0,
                                "watcher_count",
                                watchers)));
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
