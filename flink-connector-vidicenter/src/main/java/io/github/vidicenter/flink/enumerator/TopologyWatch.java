package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.client.ListRetries;
import io.github.vidicenter.flink.client.LocationStatus;
import io.github.vidicenter.flink.client.TopologyAnswer;
import io.github.vidicenter.flink.client.TopologyApi;
import io.github.vidicenter.flink.client.TopologyList;
import io.github.vidicenter.flink.client.TopologyRows;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.quota.CallResult;
import io.github.vidicenter.flink.quota.PermitRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the list of locations when planning wants it: with a permit of the account as for any call,
 * on a thread of its own, so that the coordinator never waits. An answer that fails or is empty
 * removes nothing: planning goes on with what was known. All methods but the call itself run in the
 * coordinator's thread.
 */
final class TopologyWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopologyWatch.class);

    private static final Duration EMPTY_PAUSE = Duration.ofSeconds(10);

    /** Who wants to know. */
    interface Listener {
        /**
         * @return false if nothing of it is of use, so that it counts as empty
         */
        boolean learned(Topology topology);

        /**
         * The list can't be read at present, or is empty.
         *
         * @param lasting true: it is of no use to wait for it; false: the next call may bring it
         */
        void unreadable(boolean lasting);
    }

    private final SplitEnumeratorContext<?> context;
    private final AccountQuota.Member quota;
    private final TopologyApi api;
    private final ListRetries retries;
    private final ExecutorService thread;
    private final LongSupplier nanoTime;
    private final Listener listener;
    private final boolean required;
    private final long epoch = ThreadLocalRandom.current().nextLong();
    private long lastId;
    private boolean underWay;
    private boolean known;
    private long answeredAt;
    private boolean pausing;
    private long pauseUntil;

    /**
     * @param required whether nothing can be planned before the list is known
     */
    TopologyWatch(
            SplitEnumeratorContext<?> context,
            AccountQuota.Member quota,
            TopologyAccess access,
            boolean required,
            Listener listener) {
        this.context = context;
        this.quota = quota;
        this.api = access.apis().get();
        this.retries = access.retries();
        this.thread = access.threads().get();
        this.nanoTime = access.nanoTime();
        this.required = required;
        this.listener = listener;
    }

    /**
     * Asks for the list, unless that is under way.
     *
     * @param minAge how old the last answer is at least
     */
    void look(Duration minAge) {
        long now = nanoTime.getAsLong();
        if (underWay || known && now - answeredAt < minAge.toNanos()) {
            return;
        }
        pausing = pausing && pauseUntil - now > 0;
        if (pausing) {
            goOn(false);
            return;
        }
        underWay = true;
        quota.request(PermitRequest.list(epoch, ++lastId));
    }

    /** Whether a permit is this one's; then the call is made. */
    boolean granted(PermitRequest request) {
        if (request.epoch() != epoch) {
            return false;
        }
        thread.execute(() -> call(request.id()));
        return true;
    }

    private void call(long permit) {
        CallResult result = CallResult.of(CallResult.Outcome.UNKNOWN);
        Runnable outcome;
        try {
            TopologyAnswer answer = api.list(TopologyList.LOCATIONS);
            if (answer instanceof TopologyAnswer.Listed listed) {
                result = CallResult.of(CallResult.Outcome.ENDED);
                outcome = read(listed.rows());
            } else {
                Answer.Trouble why = ((TopologyAnswer.Denied) answer).why();
                result = CallResult.of(why);
                outcome = () -> denied(why);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            outcome =
                    () -> {
                        throw e;
                    };
        } finally {
            quota.release(epoch, permit, result);
        }
        Runnable taken = outcome;
        context.runInCoordinatorThread(
                () -> {
                    underWay = false;
                    taken.run();
                });
    }

    private Runnable read(TopologyRows rows) {
        try (rows) {
            List<LocationStatus> locations = LocationStatus.readAll(rows);
            return () -> learned(new Topology(locations));
        } catch (IOException e) {
            return () -> denied(new Answer.Broken(e.getMessage(), null));
        }
    }

    private void learned(Topology topology) {
        retries.succeeded();
        answeredAt = nanoTime.getAsLong();
        if (topology.isEmpty() || !listener.learned(topology)) {
            LOG.warn(
                    "The topology lists no active location. {}",
                    canGoOn() ? "Going on with those known." : "Waiting for one.");
            pause(EMPTY_PAUSE);
            goOn(!required);
            return;
        }
        known = true;
    }

    private void denied(Answer.Trouble why) {
        ListRetries.Next next = retries.next(why);
        if (next instanceof ListRetries.Next.Again again) {
            pause(again.pause());
            goOn(false);
        } else if (next instanceof ListRetries.Next.GiveUp gaveUp) {
            boolean fatal = why instanceof Answer.Unauthorized || why instanceof Answer.Redirected;
            if (fatal || !canGoOn()) {
                throw new FlinkRuntimeException(
                        "The list of the account's locations, locations/, can't be read: "
                                + gaveUp.reason());
            }
            LOG.warn(
                    "The list of the account's locations can't be read: {}. {}",
                    gaveUp.reason(),
                    known ? "Going on with those known." : "");
            pause(gaveUp.pause());
            goOn(true);
        }
    }

    private void goOn(boolean lasting) {
        if (canGoOn()) {
            listener.unreadable(lasting);
        }
    }

    private boolean canGoOn() {
        return known || !required;
    }

    private void pause(Duration pause) {
        pausing = !pause.isZero();
        pauseUntil = nanoTime.getAsLong() + pause.toNanos();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        api.close();
    }
}
