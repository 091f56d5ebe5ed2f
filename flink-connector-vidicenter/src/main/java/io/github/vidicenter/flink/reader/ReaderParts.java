package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.BuildTimes;
import io.github.vidicenter.flink.client.ExportApi;
import io.github.vidicenter.flink.client.ExportProtocol;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.event.ExportRead;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the splits of one reader share.
 *
 * @param states by split id: there before a split's thread starts, changed by the task's thread
 *     only
 * @param buildTimes what its splits learn together
 * @param reports hears of each export that was read
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
        Consumer<ExportRead> reports,
        Clock clock) {}
