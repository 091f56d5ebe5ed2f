package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.BuildTimes;
import io.github.vidicenter.flink.client.ExportApi;
import io.github.vidicenter.flink.client.ExportProtocol;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * What the splits of one reader share.
 *
 * @param states by split id: there before a split's thread starts, changed by the task's thread
 *     only
 * @param buildTimes what all readers learn together
 * @param reports hears of each export that was built and that was read
 */
record ReaderParts<T>(
        VidiCenterConfig config,
        ExportApi api,
        ExportProtocol protocol,
        Permits permits,
        VidiCenterDeserializer<T> deserializer,
        Map<String, SplitState> states,
        ReaderMetrics metrics,
        BuildTimes buildTimes,
        Consumer<SourceEvent> reports,
        Clock clock) {}
