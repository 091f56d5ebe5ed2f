package io.github.vidicenter.flink.client;

import java.nio.charset.StandardCharsets;

/** Rows of a list for tests of other packages. */
public final class TopologyTestRows {

    private TopologyTestRows() {}

    public static TopologyRows of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    public static TopologyRows of(byte[] json) {
        return new TopologyRows(new SpooledBody(json, false));
    }
}
