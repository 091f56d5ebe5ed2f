package io.github.vidicenter.flink.dashboard.web;

import io.github.vidicenter.flink.dashboard.job.AudienceJob;
import io.github.vidicenter.flink.dashboard.job.SourceMetrics;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one {@link Status} of the metrics of all sources. */
final class StatusReport {

    private static final Logger LOG = LoggerFactory.getLogger(StatusReport.class);

    private final AudienceJob job;
    private final Backlog backlog;

    StatusReport(AudienceJob job) {
        this.job = job;
        this.backlog = new Backlog(AudienceJob.WINDOW, job.limits().windowDelay());
    }

    Status at(LocalDateTime now) {
        List<SourceMetrics> sources = sources();
        // The account's numbers are the same from each source; the slowest says how far all is.
        Backlog.Progress progress =
                least(sources, SourceMetrics::completeUpTo)
                        .map(complete -> backlog.read(Instant.now(), complete, now))
                        .orElse(null);
        return new Status(
                now,
                least(sources, SourceMetrics::callsUsed).orElse(null),
                (long) job.limits().callsPerMinute(),
                least(sources, SourceMetrics::exportSlotsBusy).orElse(null),
                (long) job.limits().exportSlots(),
                progress == null ? null : progress.waiting(),
                progress == null ? null : progress.due(),
                progress == null ? null : progress.secondsLeft());
    }

    private static <T extends Comparable<? super T>> Optional<T> least(
            List<SourceMetrics> sources, Function<SourceMetrics, T> value) {
        return sources.stream().map(value).filter(Objects::nonNull).min(Comparator.naturalOrder());
    }

    private List<SourceMetrics> sources() {
        try {
            return job.metrics().sources();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (IOException e) {
            LOG.debug("No metrics", e);
            return List.of();
        }
    }
}
