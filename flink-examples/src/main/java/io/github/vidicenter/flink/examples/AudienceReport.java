package io.github.vidicenter.flink.examples;

import java.io.PrintStream;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Prints hours as the lines of a table, and after each window how far the job is. Hours without
 * data, as when a location is closed, are left out.
 */
final class AudienceReport {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final PrintStream out;
    private final Service service;
    private int read;

    AudienceReport(PrintStream out, Service service) {
        this.out = out;
        this.service = service;
    }

    void print(AudienceHour hour) {
        if (read == 0) {
            printLine(
                    "hour",
                    "location",
                    "could watch",
                    "watchers",
                    "conversion",
                    "dwell s",
                    "avg dwell s");
        }
        if (hour.ots() != null) {
            printLine(
                    HOUR.format(hour.start()),
                    hour.location(),
                    text("%,d", hour.ots()),
                    text("%,d", hour.watchers()),
                    hour.conversion() == null ? "-" : text("%.1f %%", 100 * hour.conversion()),
                    text("%,.1f", hour.dwellSeconds()),
                    text("%.1f", hour.averageDwellSeconds()));
        }
        read++;
        // Aggregates come for every location, so this many rows are a whole window.
        if (read % service.locations() == 0) {
            int windows = read / service.locations();
            out.printf(
                    "  up to %s: %s%n",
                    HOUR.format(hour.end()), service.progress(windows, hour.end()));
        }
    }

    private void printLine(Object... values) {
        out.printf("%-16s  %8s  %11s  %8s  %10s  %9s  %11s%n", values);
    }

    private static String text(String format, Number value) {
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }
}
