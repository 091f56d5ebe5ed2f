package io.github.vidicenter.flink.topology;

import io.github.vidicenter.flink.client.HttpAccess;
import io.github.vidicenter.flink.client.HttpTopologyApi;
import io.github.vidicenter.flink.client.ListRetries;
import io.github.vidicenter.flink.client.TopologyApi;
import io.github.vidicenter.flink.config.AccountReader;
import io.github.vidicenter.flink.config.ConfigReader;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.config.VidiCenterOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.configuration.ReadableConfig;

/**
 * What a table of the topology reads, and how.
 *
 * @param maxAttempts calls in a row that may bring no usable answer
 */
public record TopologyConfig(
        VidiCenterConfig.Account account,
        TopologyTable table,
        VidiCenterConfig.Quota quota,
        int maxAttempts,
        Duration connectTimeout,
        Duration requestTimeout)
        implements Serializable {

    /**
     * @throws org.apache.flink.table.api.ValidationException if an option is missing or can't be
     *     read; the message names it and says what to do
     */
    public static TopologyConfig read(ReadableConfig options, TopologyTable table) {
        return new TopologyConfig(
                AccountReader.read(options),
                table,
                ConfigReader.readQuota(options),
                options.get(VidiCenterOptions.EXPORT_MAX_ATTEMPTS),
                options.get(VidiCenterOptions.HTTP_CONNECT_TIMEOUT),
                options.get(VidiCenterOptions.HTTP_REQUEST_TIMEOUT));
    }

    TopologyApi open() {
        return new HttpTopologyApi(
                new HttpAccess(
                        account.url(),
                        account.username(),
                        account.token(),
                        connectTimeout,
                        requestTimeout));
    }

    ListRetries retries() {
        return new ListRetries(
                maxAttempts,
                account.token().mayChange(),
                () -> ThreadLocalRandom.current().nextDouble());
    }
}
