package io.github.vidicenter.flink.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.client.ListRetries;
import io.github.vidicenter.flink.client.TopologyAnswer;
import io.github.vidicenter.flink.client.TopologyApi;
import io.github.vidicenter.flink.client.TopologyRows;
import io.github.vidicenter.flink.format.ListRowReader;
import io.github.vidicenter.flink.quota.CallResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.table.data.RowData;

/** Reads a whole list, with a permit for each call, until it comes or is refused for good. */
final class ListReading {

    /** Lets calls through as the account's limits allow. */
    interface Permits {

        /**
         * Waits for a permit.
         *
         * @return its id; negative if abandoned
         */
        long acquire(CompletableFuture<Void> abandoned) throws InterruptedException;

        void release(long id, CallResult result);
    }

    record Entry(long id, RowData row) {}

    private final TopologyConfig config;
    private final ListRowReader rows;
    private final Permits permits;

    ListReading(TopologyConfig config, ListRowReader rows, Permits permits) {
        this.config = config;
        this.rows = rows;
        this.permits = permits;
    }

    /**
     * All rows, sorted by id, so that a later reading can go on behind one.
     *
     * @param abandoned completed when the reading is to end early
     * @return null if abandoned
     * @throws IOException if the list does not come; the message names it and says what to do
     */
    List<Entry> read(TopologyApi api, CompletableFuture<Void> abandoned)
            throws IOException, InterruptedException {
        ListRetries retries = config.retries();
        while (true) {
            long permit = permits.acquire(abandoned);
            if (permit < 0) {
                return null;
            }
            CallResult result = CallResult.of(CallResult.Outcome.UNKNOWN);
            Answer.Trouble trouble;
            try {
                TopologyAnswer answer = api.list(config.table().list());
                if (answer instanceof TopologyAnswer.Listed listed) {
                    result = CallResult.of(CallResult.Outcome.ENDED);
                    return entries(listed.rows());
                }
                trouble = ((TopologyAnswer.Denied) answer).why();
                result = CallResult.of(trouble);
            } finally {
                permits.release(permit, result);
            }
            ListRetries.Next next = retries.next(trouble);
            if (next instanceof ListRetries.Next.GiveUp gaveUp) {
                throw new IOException(
                        "The list %s of the topology can't be read: %s"
                                .formatted(config.table().list().path(), gaveUp.reason()));
            }
            if (paused(((ListRetries.Next.Again) next).pause().toMillis(), abandoned)) {
                return null;
            }
        }
    }

    private List<Entry> entries(TopologyRows list) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (list) {
            for (ObjectNode row = list.next(); row != null; row = list.next()) {
                JsonNode id = row.get(TopologyTable.ID);
                entries.add(new Entry(id == null ? 0 : id.asLong(), rows.read(row)));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::id));
        return entries;
    }

    private static boolean paused(long millis, CompletableFuture<Void> abandoned)
            throws InterruptedException {
        try {
            abandoned.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException over) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("is only ever completed", e);
        }
    }
}
