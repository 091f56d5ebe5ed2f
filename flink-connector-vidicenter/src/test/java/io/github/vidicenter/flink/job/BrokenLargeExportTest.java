package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An export too large for memory, whose rows go out before the answer is known to be whole. */
class BrokenLargeExportTest {

    private static final int ROWS = 60_000;
    private static final LocalDateTime START = LocalDateTime.of(2024, 3, 4, 0, 0);
    private static final int SMALLEST_LARGE_BODY = 4 << 20;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @Test
    void givesEachRowOnceThoughTheServerWroteHalfOfIt() throws Exception {
        List<String> rows = rows();
        try (MockWebServer server = new MockWebServer()) {
            server.start(InetAddress.getByName("127.0.0.1"), 0);
            server.enqueue(new MockResponse.Builder().body("{\"state\":\"started\"}").build());
            String whole = answer(rows);
            server.enqueue(compressed(whole.substring(0, whole.length() * 2 / 3)));
            Collections.reverse(rows);
            server.enqueue(compressed(answer(rows)));

            assertThat(count(server.getPort()))
                    .containsExactly(Rows.of(Row.of(ROWS, ROWS, sumOfDwellTimes())));
            assertThat(server.getRequestCount()).isEqualTo(3);
        }
    }

    private static List<String> count(int port) {
        TableEnvironment sql = Sql.batch(1);
        sql.executeSql(
                """
                CREATE TABLE viewers (vr_id STRING, dwell_time_in_tenths_of_sec BIGINT) WITH (
                'connector' = 'vidicenter', 'url' = 'http://127.0.0.1:%d/api/v1', 'username' = 'me',
                'token' = 'none', 'data-type' = 'viewers', 'time-resolution' = 'finest',
                'locations' = '7', 'scan.start' = '%s', 'scan.end' = '%s',
                'scan.window.size' = '1 d', 'poll.min-interval' = '1 ms')"""
                        .formatted(port, START, START.plusDays(1)));
        return Sql.query(
                sql,
                "SELECT COUNT(*), COUNT(DISTINCT vr_id), SUM(dwell_time_in_tenths_of_sec)"
                        + " FROM viewers");
    }

    private static long sumOfDwellTimes() {
        return (long) ROWS * (ROWS - 1) / 2;
    }

    /** With text that does not shrink, so that few rows are much. */
    private static List<String> rows() {
        Random random = new Random(7);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            StringBuilder noise = new StringBuilder();
            for (int word = 0; word < 12; word++) {
                noise.append(Long.toHexString(random.nextLong()));
            }
            rows.add(
                    "{\"period_start\":\"%s\",\"location_id\":7,\"vr_id\":\"%d\",\"noise\":\"%s\",\"dwell_time_in_tenths_of_sec\":%d}"
                            .formatted(START.plusSeconds(i), i, noise, i));
        }
        return rows;
    }

    private static String answer(List<String> rows) {
        return "{\"state\":\"finished\",\"data\":["
                + String.join(",", rows)
                + "],\"creation_date\":\"2024-03-06 12:00:00\"}";
    }

    private static MockResponse compressed(String json) throws IOException {
        Buffer body = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(body))) {
            sink.writeUtf8(json);
        }
        assertThat(body.size()).as("too large for memory").isGreaterThan(SMALLEST_LARGE_BODY);
        return new MockResponse.Builder().addHeader("Content-Encoding", "gzip").body(body).build();
    }
}
