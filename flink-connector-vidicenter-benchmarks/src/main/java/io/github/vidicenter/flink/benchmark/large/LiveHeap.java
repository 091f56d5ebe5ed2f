package io.github.vidicenter.flink.benchmark.large;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** What of this JVM's heap is left after collections, at most: what is in use, and not garbage. */
final class LiveHeap {

    private final AtomicLong peak = new AtomicLong();

    private LiveHeap() {}

    static LiveHeap watch() {
        LiveHeap heap = new LiveHeap();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, none) ->
                                    heap.note(
                                            GarbageCollectionNotificationInfo.from(
                                                    (CompositeData) notification.getUserData())),
                            null,
                            null);
        }
        return heap;
    }

    private void note(GarbageCollectionNotificationInfo collection) {
        long used =
                collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> isHeap(pool.getKey()))
                        .map(pool -> pool.getValue())
                        .mapToLong(MemoryUsage::getUsed)
                        .sum();
        peak.accumulateAndGet(used, Math::max);
    }

    private static boolean isHeap(String pool) {
        return pool.contains("Eden")
                || pool.contains("Survivor")
                || pool.contains("Old Gen")
                || pool.contains("Tenured");
    }

    long peakBytes() {
        return peak.get();
    }
}
