package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.ExportApi;
import io.github.vidicenter.flink.client.ExportProtocol;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import java.time.Clock;
import java.util.Map;

/**
 * What the splits of one reader share.
 *
 * @param states by split id: there before a split's thread starts, changed by the task's thread
 *     only
 */
record ReaderParts<T>(
        VidiCenterConfig config,
        ExportApi api,
        ExportProtocol protocol,
        Permits permits,
        VidiCenterDeserializer<T> deserializer,
        Map<String, SplitState> states,
        ReaderMetrics metrics,
        Clock clock) {}
