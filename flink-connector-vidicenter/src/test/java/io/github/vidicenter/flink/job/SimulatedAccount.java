package io.github.vidicenter.flink.job;

import io.github.vidicenter.flink.source.VidiCenterSource;
import io.github.vidicenter.flink.source.VidiCenterSourceBuilder;
import io.github.vidicenter.simulator.BuildTime;
import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;

/**
 * An account as Flink's test suite sees it: a split is a location, and its records are uploads. On
 * a clock of a minute a second, an upload lies in a minute that is not over, so it is read a moment
 * later.
 */
final class SimulatedAccount implements DataStreamSourceExternalContext<String> {

    private static final LocalDateTime START = LocalDateTime.parse("2024-03-04T00:00:00");
    private static final int CLOCK_FACTOR = 60;
    private static final int RECORDS = 20;

    private final VidiCenterSimulator server =
            VidiCenterSimulator.builder()
                    .locations(1, 2, 3, 4, 5, 6)
                    .audience(0)
                    .buildTime(BuildTime.of(Duration.ofMillis(20)))
                    .limits(Limits.DEFAULT.withCallsPerMinute(10_000))
                    .start();

    private final AtomicInteger sequence = new AtomicInteger();
    private final Map<String, Integer> batches = new HashMap<>();
    private Instant jobNotBefore;

    @Override
    public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
        if (jobNotBefore == null) {
            jobNotBefore = Instant.now();
        }
        VidiCenterSourceBuilder<String> source =
                VidiCenterSource.<String>builder()
                        .setUrl(server.url().toString())
                        .setUsername(server.username())
                        .setToken(server.token())
                        .setDataType("viewers")
                        .setTimeResolution("finest")
                        .setLocations(1, 2, 3, 4, 5, 6)
                        .setScanStart(START.toString())
                        .setScanWindowSize(Duration.ofMinutes(1))
                        .setScanWindowDelay(Duration.ZERO)
                        .setScanLocationsPerExport(2)
                        .setPollMinInterval(Duration.ofMillis(20))
                        .setQuotaRequestsPerMinute(10_000)
                        .setDeserializer(new UploadedText());
        return settings.getBoundedness() == Boundedness.BOUNDED
                ? source.setScanEnd(START.plusHours(1).toString()).build()
                : source.setSimulationClock(START + ":00/" + CLOCK_FACTOR).build();
    }

    @Override
    public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
            TestingSourceSettings settings) {
        return new ExternalSystemSplitDataWriter<>() {
            @Override
            public void writeRecords(List<String> records) {
                upload(records, settings.getBoundedness() != Boundedness.BOUNDED);
            }

            @Override
            public void close() {}
        };
    }

    private synchronized void upload(List<String> records, boolean live) {
        String location = records.get(0).split(" ")[0];
        int batch = batches.merge(location, 1, Integer::sum) - 1;
        LocalDateTime minute = START.plusMinutes(batch);
        if (live && jobNotBefore != null) {
            Duration atMost = Duration.between(jobNotBefore, Instant.now());
            minute = START.plusMinutes(atMost.multipliedBy(CLOCK_FACTOR).toMinutes() + 3);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String record : records) {
            rows.add(
                    Map.of(
                            "location_id",
                            Long.parseLong(location),
                            "period_start",
                            minute.plusSeconds(rows.size()),
                            "dwell_time_in_tenths_of_sec",
                            Long.parseLong(record.split(" ")[1])));
        }
        server.upload("viewers", "finest", rows);
    }

    @Override
    public List<String> generateTestData(
            TestingSourceSettings settings, int splitIndex, long seed) {
        return IntStream.range(0, RECORDS)
                .mapToObj(i -> splitIndex + 1 + " " + sequence.incrementAndGet())
                .toList();
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    @Override
    public List<URL> getConnectorJarPaths() {
        return List.of();
    }

    @Override
    public void close() {
        server.close();
    }
}
