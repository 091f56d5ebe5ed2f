package io.github.vidicenter.flink.examples;

import java.io.PrintStream;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Prints hours as the lines of a table, and after each window how far the job is. */
final class AudienceReport {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final String FORMAT = "%-16s  %8s  %11s  %8s  %10s  %10s  %10s%n";

    private final PrintStream out;
    private final Service service;
    private int printed;

    AudienceReport(PrintStream out, Service service) {
        this.out = out;
        this.service = service;
    }

    void print(AudienceHour hour) {
        if (printed == 0) {
            out.printf(
                    FORMAT,
                    "hour",
                    "location",
                    "could watch",
                    "watchers",
                    "conversion",
                    "dwell s",
                    "avg dwell s");
        }
        out.printf(
                FORMAT,
                HOUR.format(hour.start()),
                hour.location(),
                text("%,d", hour.ots()),
                text("%,d", hour.watchers()),
                hour.conversion() == null ? "-" : text("%.1f %%", 100 * hour.conversion()),
                text("%,.1f", hour.dwellSeconds()),
                text("%.1f", hour.averageDwellSeconds()));
        printed++;
        // Aggregates come for every location, so this many rows are a whole window.
        if (printed % service.locations() == 0) {
            int windows = printed / service.locations();
            out.printf("  %s%n", service.progress(windows, hour.end()));
        }
    }

    private static String text(String format, Number value) {
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }
}
