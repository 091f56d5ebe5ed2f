package io.github.vidicenter.flink.examples;

import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * The main example: streaming SQL over two exports, windowed and joined, printed as the windows
 * close. Without arguments it reads an accelerated day from a simulator in this process, checks the
 * result and ends by itself. With these system properties it reads the real service, from a day ago
 * on, until it is stopped:
 *
 * <ul>
 *   <li>{@code vidicenter.username}
 *   <li>{@code vidicenter.token-file} (or {@code vidicenter.token})
 *   <li>{@code vidicenter.locations}: ids, separated by commas
 * </ul>
 *
 * The query is in the resource {@code audience.sql}.
 */
public final class AudienceDay {

    private AudienceDay() {}

    /** Exits with 0 if all is well, with 1 if the job failed or its result is wrong. */
    public static void main(String[] args) {
        int status;
        try (Service service = service()) {
            status = run(service, System.out);
        } catch (Exception e) {
            System.err.println("The job failed: " + LocalFlink.rootMessage(e));
            status = 1;
        }
        System.exit(status);
    }

    private static Service service() {
        return RealService.isAskedFor(System.getProperties())
                ? RealService.of(System.getProperties())
                : new DemoService(
                        List.of(1056L, 1234L, 4636L, 8264L),
                        LocalDateTime.of(2024, 3, 4, 0, 0),
                        Duration.ofHours(24),
                        2880);
    }

    /** Runs the job to its end and returns the exit status. */
    static int run(Service service, PrintStream out) throws Exception {
        LocalFlink flink = LocalFlink.create();
        out.println(service.description());
        out.println("Flink's web UI: " + flink.webUi());
        out.println();
        StreamTableEnvironment tables = StreamTableEnvironment.create(flink.environment());
        TableResult result = AudienceQuery.execute(tables, service.options());
        service.started();

        AudienceReport report = new AudienceReport(out, service);
        List<AudienceHour> hours = new ArrayList<>();
        try (CloseableIterator<Row> rows = result.collect()) {
            while (rows.hasNext()) {
                AudienceHour hour = AudienceHour.of(rows.next());
                hours.add(hour);
                report.print(hour);
            }
        }
        return service.conclude(hours, out) ? 0 : 1;
    }
}
