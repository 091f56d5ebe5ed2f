package io.github.vidicenter.flink.dashboard.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.vidicenter.flink.dashboard.database.DatabaseAccess;
import io.github.vidicenter.flink.dashboard.job.AudienceJob;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the browsers: each of them its day when the database has changed, and all of them once a
 * second how the export is getting on.
 */
public final class Feed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    /** So long changes are gathered: a window comes as some hundred of them. */
    private static final long GATHER_MILLIS = 250;

    private final ObjectMapper json =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build();
    private final ScheduledExecutorService thread =
            new ScheduledThreadPoolExecutor(
                    1,
                    task -> {
                        Thread daemon = new Thread(task, "dashboard-feed");
                        daemon.setDaemon(true);
                        return daemon;
                    },
                    // Changes that are heard of after the end are nobody's.
                    new ThreadPoolExecutor.DiscardPolicy());
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean changed = new AtomicBoolean();
    private final DatabaseAccess database;
    private final Supplier<LocalDateTime> now;
    private final StatusReport status;
    private final ChangeListener changes;
    private LocalDate lastDay;

    private Feed(DatabaseAccess database, Supplier<LocalDateTime> now, AudienceJob job) {
        this.database = database;
        this.now = now;
        this.status = new StatusReport(job);
        this.changes = new ChangeListener(database, this::changed);
    }

    /**
     * @param now in the data's local time
     */
    public static Feed start(
            DatabaseAccess database, Supplier<LocalDateTime> now, AudienceJob job) {
        Feed feed = new Feed(database, now, job);
        feed.changes.start();
        feed.thread.scheduleWithFixedDelay(feed::safeTick, 0, 1, TimeUnit.SECONDS);
        return feed;
    }

    void add(Viewer viewer) {
        viewers.add(viewer);
        thread.execute(() -> sendDays(List.of(viewer)));
    }

    void remove(Viewer viewer) {
        viewers.remove(viewer);
    }

    private void changed() {
        if (changed.compareAndSet(false, true)) {
            thread.schedule(
                    () -> {
                        changed.set(false);
                        sendDays(viewers);
                    },
                    GATHER_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    /** An exception would be the last tick. */
    private void safeTick() {
        try {
            tick();
        } catch (RuntimeException e) {
            LOG.warn("The status can't be told", e);
        }
    }

    private void tick() {
        LocalDateTime time = now.get();
        String text = text(status.at(time));
        viewers.forEach(viewer -> viewer.send("status", text));
        if (!time.toLocalDate().equals(lastDay)) {
            lastDay = time.toLocalDate();
            sendDays(viewers);
        }
    }

    private void sendDays(Iterable<Viewer> to) {
        LocalDate today = now.get().toLocalDate();
        Map<LocalDate, String> days = new HashMap<>();
        try (Connection connection = database.connect()) {
            for (Viewer viewer : to) {
                LocalDate day = viewer.day(today);
                if (!days.containsKey(day)) {
                    days.put(day, text(DayQuery.of(connection, day)));
                }
                viewer.send("day", days.get(day));
            }
        } catch (SQLException e) {
            LOG.warn("The database does not answer: {}", e.getMessage());
        }
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        changes.close();
        thread.shutdownNow();
    }
}
