package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.ListRetries;
import io.github.vidicenter.flink.client.TopologyApi;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How the enumerator gets at the topology, should the options want it. Tests put their own in
 * place.
 *
 * @param apis makes the client; called once, and only if it is wanted
 * @param threads makes what calls run on: one at a time
 * @param nanoTime monotonic
 */
public record TopologyAccess(
        Supplier<TopologyApi> apis,
        ListRetries retries,
        Supplier<ExecutorService> threads,
        LongSupplier nanoTime) {

    public static TopologyAccess of(VidiCenterConfig config, Supplier<TopologyApi> apis) {
        return new TopologyAccess(
                apis,
                new ListRetries(
                        config.protocol().maxAttempts(),
                        config.account().token().mayChange(),
                        () -> ThreadLocalRandom.current().nextDouble()),
                () ->
                        Executors.newSingleThreadExecutor(
                                task -> {
                                    Thread thread = new Thread(task, "vidicenter-topology");
                                    thread.setDaemon(true);
                                    return thread;
                                }),
                System::nanoTime);
    }
}
