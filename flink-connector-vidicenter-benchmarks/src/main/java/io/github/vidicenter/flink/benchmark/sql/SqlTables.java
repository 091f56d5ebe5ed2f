package io.github.vidicenter.flink.benchmark.sql;

import io.github.vidicenter.flink.benchmark.decode.ViewersExport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** The rows of one export as two tables: {@code viewers} of a service, {@code files} of a file. */
public final class SqlTables implements AutoCloseable {

    /** How often the rows of {@link ViewersExport} come. */
    private static final int TIMES = 4;

    private final Path file;
    private final CannedService service;

    private SqlTables(Path file, CannedService service) {
        this.file = file;
        this.service = service;
    }

    public static SqlTables create() throws IOException {
        Path file = Files.createTempFile("vidicenter-benchmark-", ".json");
        List<byte[]> rows = ViewersExport.create().rows();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (byte[] row : rows) {
                // One after the other, as rows that go back in time would be late for a window.
                for (int i = 0; i < TIMES; i++) {
                    out.write(row);
                    out.write('\n');
                }
            }
        }
        return new SqlTables(file, new CannedService(rows, TIMES));
    }

    /**
     * Runs a query and returns its result, sorted.
     *
     * @param query with {@code %s} for the table
     */
    public List<String> run(String query, String table, boolean batch) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "1");
        // Filling 64 MiB with zeros takes from nothing to half a second, whosever turn it is.
        configuration.setString("taskmanager.memory.framework.off-heap.batch-shuffle.size", "1 mb");
        EnvironmentSettings.Builder settings =
                EnvironmentSettings.newInstance().withConfiguration(configuration);
        TableEnvironment sql =
                TableEnvironment.create(
                        (batch ? settings.inBatchMode() : settings.inStreamingMode()).build());
        sql.executeSql(table.equals("viewers") ? viewers(batch) : files(batch));
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = sql.executeSql(query.formatted(table)).collect()) {
            result.forEachRemaining(row -> rows.add(row.toString()));
        }
        rows.sort(null);
        return rows;
    }

    private String viewers(boolean batch) {
        return table("viewers", batch ? "" : "SOURCE_WATERMARK()")
                + """
                'connector' = 'vidicenter', 'username' = 'me', 'token' = 'none',
                'data-type' = 'viewers', 'time-resolution' = 'finest',
                'locations' = '%s', 'scan.start' = '%s', 'scan.end' = '%s',
                'scan.window.size' = '31 d', 'scan.window.max-size' = '31 d',
                'poll.min-interval' = '10 ms', 'url' = '%s', 'quota.requests-per-minute' = '1000')
                """
                        .formatted(
                                ViewersExport.LOCATION,
                                ViewersExport.START,
                                ViewersExport.END,
                                service.url());
    }

    private String files(boolean batch) {
        return table("files", batch ? "" : "period_start - INTERVAL '1' HOUR")
                + "'connector' = 'filesystem', 'path' = '"
                + file.toUri()
                + "', 'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601')";
    }

    private static String table(String name, String watermark) {
        List<String> columns = new ArrayList<>();
        for (Map.Entry<String, String> column : ViewersExport.COLUMNS.entrySet()) {
            columns.add(column.getKey() + " " + column.getValue());
        }
        if (!watermark.isEmpty()) {
            columns.add("WATERMARK FOR period_start AS " + watermark);
        }
        return "CREATE TABLE " + name + " (" + String.join(", ", columns) + ") WITH (";
    }

    @Override
    public void close() throws IOException {
        service.close();
        Files.delete(file);
    }
}
