package io.github.vidicenter.flink.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts rows in Flink's state, so that a restore takes back what came after the checkpoint, and
 * hands the book over when the input ends. Notes rows that come behind a watermark.
 */
final class Ledger extends KeyedProcessFunction<Integer, String, String> {

    private static final Map<String, List<String>> BOOKS = new ConcurrentHashMap<>();

    private final String job;
    private transient MapState<String, Long> counts;

    Ledger(String job) {
        this.job = job;
    }

    static List<String> of(String job) {
        return BOOKS.getOrDefault(job, List.of());
    }

    @Override
    public void open(OpenContext context) {
        counts =
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>("rows", String.class, Long.class));
    }

    @Override
    public void processElement(String row, Context context, Collector<String> out)
            throws Exception {
        String entry =
                context.timestamp() <= context.timerService().currentWatermark()
                        ? "LATE " + row
                        : row;
        counts.put(entry, counts.contains(entry) ? counts.get(entry) + 1 : 1L);
        context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out)
            throws Exception {
        List<String> book = new ArrayList<>();
        for (Map.Entry<String, Long> entry : counts.entries()) {
            for (long i = 0; i < entry.getValue(); i++) {
                book.add(entry.getKey());
            }
        }
        BOOKS.put(job, book);
    }
}
