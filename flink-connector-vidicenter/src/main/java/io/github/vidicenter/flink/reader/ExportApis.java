package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.ExportApi;
import io.github.vidicenter.flink.client.ExportProtocol;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.configuration.Configuration;

/** Makes the client's parts, which know nothing of Flink, from a reader's configuration. */
final class ExportApis {

    private ExportApis() {}

    static ExportProtocol protocol(VidiCenterConfig config) {
        VidiCenterConfig.Protocol protocol = config.protocol();
        return new ExportProtocol(
                new ExportProtocol.Policy(
                        protocol.pollMinInterval(),
                        protocol.pollMaxInterval(),
                        protocol.exportTimeout(),
                        protocol.maxAttempts(),
                        protocol.reuseCached(),
                        config.account().token().mayChange()),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    static ExportApi open(VidiCenterConfig config, Configuration taskManager) {
        throw new UnsupportedOperationException();
    }
}
