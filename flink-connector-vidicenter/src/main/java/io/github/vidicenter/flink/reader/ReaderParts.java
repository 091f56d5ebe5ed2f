package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.ExportApi;
import io.github.vidicenter.flink.client.ExportProtocol;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import java.time.Clock;

/** What the splits of one reader share. */
record ReaderParts<T>(
        VidiCenterConfig config,
        ExportApi api,
        ExportProtocol protocol,
        Permits permits,
        VidiCenterDeserializer<T> deserializer,
        ReaderMetrics metrics,
        Clock clock) {}
