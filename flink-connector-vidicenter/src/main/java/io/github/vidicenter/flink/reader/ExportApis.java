package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.ExportApi;
import io.github.vidicenter.flink.client.ExportProtocol;
import io.github.vidicenter.flink.client.HttpAccess;
import io.github.vidicenter.flink.client.HttpExportApi;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;

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

    /** Answers that are too large for memory go to Flink's own temporary directories. */
    static ExportApi open(VidiCenterConfig config, Configuration taskManager) {
        VidiCenterConfig.Account account = config.account();
        return new HttpExportApi(
                new HttpAccess(
                        account.url(),
                        account.username(),
                        account.token(),
                        config.protocol().connectTimeout(),
                        config.protocol().requestTimeout(),
                        Arrays.stream(ConfigurationUtils.parseTempDirectories(taskManager))
                                .map(Path::of)
                                .toList()));
    }
}
