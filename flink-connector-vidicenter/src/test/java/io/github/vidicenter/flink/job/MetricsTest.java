package io.github.vidicenter.flink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.source.VidiCenterSource;
import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What Flink's Prometheus reporter tells of a running job, and what {@code docs/metrics.md} says.
 */
@Timeout(180)
class MetricsTest {

    private static final int PORT = freePort();
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "."), "..", "docs", "metrics.md");
    private static final Pattern OWN = Pattern.compile("(?m)^flink_\\w+_vidicenter_(\\w+)");
    private static final Pattern NAMED = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(reporter())
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(1)
                            .build());

    @Test
    void thePageListsWhatPrometheusScrapes() throws Exception {
        try (VidiCenterSimulator server =
                VidiCenterSimulator.builder()
                        .locations(1, 2)
                        .buildTime(BuildTime.of(Duration.ofMillis(50)))
                        .start()) {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.setParallelism(1);
            env.fromSource(source(server), WatermarkStrategy.noWatermarks(), "viewers")
                    .sinkTo(new DiscardingSink<>());
            JobClient job = env.executeAsync();
            String page = Files.readString(PAGE);
            int own = page.indexOf("## The connector's own");

            // An export is read before its rows are counted by the thread that emits them, and
            // not all of a scrape is of one moment: what one has seen is whole in the next.
            scrapeUntil(text -> sum(text, "operator_numRecordsIn") >= 1);
            scrapeUntil(text -> sum(text, "vidicenter_exportRows_count") >= 1);
            String scraped = scrapeUntil(text -> true);

            assertThat(ownNames(scraped)).isEqualTo(names(page.substring(own)));
            for (String standard : names(page.substring(0, own))) {
                assertThat(scraped).contains("_" + standard + "{");
            }
            assertThat(sum(scraped, "vidicenter_callsUsed")).isGreaterThanOrEqualTo(2);
            assertThat(sum(scraped, "vidicenter_exportRows_count")).isGreaterThanOrEqualTo(1);
            assertThat(sum(scraped, "operator_numRecordsIn")).isPositive();
            assertThat(sum(scraped, "vidicenter_oldestUnfinishedWindow")).isPositive();
            assertThat(sum(scraped, "vidicenter_callsThrottled")).isZero();
            assertThat(sum(scraped, "operator_numBytesIn")).isPositive();
            assertThat(scraped).doesNotContain(server.token());
            job.cancel().get();
        }
    }

    private static VidiCenterSource<RowData> source(VidiCenterSimulator server) {
        return VidiCenterSource.<RowData>builder()
                .setUrl(server.url().toString())
                .setUsername(server.username())
                .setToken(server.token())
                .setDataType("viewers")
                .setTimeResolution("1h")
                .setLocations(1, 2)
                .setScanStart("2024-03-04T00:00:00")
                .setSimulationClock("2024-03-04T12:00:00/60")
                .setPollMinInterval(Duration.ofMillis(50))
                .setRowType(DataTypes.ROW(DataTypes.FIELD("location_id", DataTypes.BIGINT())))
                .build();
    }

    /** The connector's names, without what Prometheus adds to histograms. */
    private static Set<String> ownNames(String scraped) {
        return OWN.matcher(scraped)
                .results()
                .map(metric -> metric.group(1).replaceAll("^(state|cause)_|_(count|sum)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(String tables) {
        return NAMED.matcher(tables)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static double sum(String scraped, String name) {
        return Pattern.compile("(?m)^\\w+_" + name + "\\{.*\\} (\\S+)$")
                .matcher(scraped)
                .results()
                .mapToDouble(line -> Double.parseDouble(line.group(1)))
                .sum();
    }

    private static String scrapeUntil(Predicate<String> enough) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/metrics")).build();
        while (true) {
            String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            if (enough.test(text)) {
                return text;
            }
        }
    }

    private static Configuration reporter() {
        Configuration configuration = new Configuration();
        configuration.setString(
                "metrics.reporter.prom.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
        configuration.setString("metrics.reporter.prom.port", String.valueOf(PORT));
        return configuration;
    }

    /** None that the system gives to outgoing connections meanwhile. */
    private static int freePort() {
        while (true) {
            try (ServerSocket socket = new ServerSocket(new Random().nextInt(10_000, 30_000))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                continue;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
