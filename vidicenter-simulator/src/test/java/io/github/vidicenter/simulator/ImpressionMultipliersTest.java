package io.github.vidicenter.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.vidicenter.simulator.model.Location;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code im} family: formula, backup values, content duration, split by gender and age. */
class ImpressionMultipliersTest {

    private static final VidiCenterSimulator SERVER =
            VidiCenterSimulator.builder()
                    .location(Location.of(1, 900).withHours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT))
                    .dialect(Dialect.NEW_EDITION)
                    .start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void anHourThatIsLostByDayIsThatOfTheWeekBefore() {
        List<Map<String, Object>> backups =
                month("im", row -> "yes".equals(row.get("backup_value")));
        assertThat(backups).hasSizeBetween(5, 60);
        assertThat(month("im", row -> "".equals(row.get("backup_value")))).hasSizeGreaterThan(500);
        assertThat(month("im_nobackup", row -> !"".equals(row.get("backup_value")))).isEmpty();

        for (Map<String, Object> backup : backups) {
            LocalDateTime hour = (LocalDateTime) backup.get("period_start");
            assertThat(hour.getHour()).isBetween(7, 21);
            assertThat(footfall(hour.minusWeeks(1)).get("footfall_presence_time"))
                    .isEqualTo(backup.get("footfall_presence_time"));
            Map<String, Object> lost =
                    month("im_nobackup", row -> hour.equals(row.get("period_start"))).get(0);
            assertThat(lost.get("im")).isEqualTo(0.0);
        }
    }

    @Test
    void theMultiplierIsImpressionsTimesDwellByWindow() {
        Map<String, Object> row = month("im", r -> true).get(12);

        assertThat((Double) row.get("im_footfall"))
                .isCloseTo((Long) row.get("footfall_presence_time") / 36_000.0, within(.0051));
        assertThat((Double) row.get("im"))
                .isCloseTo(
                        (Double) row.get("im_footfall") + (Double) row.get("im_vehicle"),
                        within(.0101));
        assertThat(row.get("analysis_window")).isEqualTo(36_000L);
    }

    @ParameterizedTest
    @CsvSource({"im, 3", "im_nobackup, 3", "targeted_im, 3", "im_ots, 1", "im_ots_nobackup, 1"})
    void multipliersGrowWithTheContents(String dataType, int factor) {
        double ten = multiplier(dataType, "10");

        assertThat(ten).isPositive();
        assertThat(multiplier(dataType, "30")).isCloseTo(factor * ten, within(factor * .0051));
    }

    @Test
    void targetedMultipliersAddUp() {
        Map<String, Object> row = month("targeted_im", r -> true).get(12);

        double all =
                row.keySet().stream()
                        .filter(key -> key.startsWith("all_age_"))
                        .mapToDouble(key -> (Double) row.get(key))
                        .sum();
        assertThat(all).isPositive().isCloseTo((Double) row.get("im"), within(.006));
        assertThat((Double) row.get("male_total_im") + (Double) row.get("female_total_im"))
                .isCloseTo(all, within(.001));
    }

    private static List<Map<String, Object>> month(
            String dataType, Predicate<Map<String, Object>> wanted) {
        LocalDateTime start = LocalDateTime.parse("2024-03-01T00:00:00");
        return SERVER.truth(dataType, "1h", List.of(1L), start, start.plusMonths(1))
                .filter(wanted)
                .toList();
    }

    private static Map<String, Object> footfall(LocalDateTime hour) {
        return SERVER.truth("footfall", "1h", List.of(1L), hour, hour.plusHours(1))
                .findFirst()
                .orElseThrow();
    }

    private static double multiplier(String dataType, String averageContentDuration) {
        return (Double)
                SERVER.truth(
                                Map.of(
                                        "data_type", dataType,
                                        "time_resolution", "1h",
                                        "average_content_duration", averageContentDuration,
                                        "locations", "1",
                                        "start", "2024-03-04T12:00:00",
                                        "end", "2024-03-04T13:00:00"))
                        .findFirst()
                        .orElseThrow()
                        .get("im");
    }
}
