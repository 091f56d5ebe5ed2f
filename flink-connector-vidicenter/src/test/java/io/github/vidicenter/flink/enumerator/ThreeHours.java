package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.toMillis;

import io.github.vidicenter.flink.config.OptionsOf;
import io.github.vidicenter.flink.event.ReaderHello;
import io.github.vidicenter.flink.event.SplitsFinished;
import io.github.vidicenter.flink.event.TimeReached;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.split.ExportSplit;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;

/** A scan of three locations over three hours, one location and hour per export, all of it past. */
abstract class ThreeHours {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2024-03-06T12:00:00Z"), ZoneOffset.UTC);

    /** The account's time, monotonic. */
    long nanos;

    private final AccountQuota account = new AccountQuota(() -> nanos);
    final OptionsOf options =
            OptionsOf.viewers()
                    .with("locations", "1,2,3")
                    .with("scan.start", "2024-03-04T00:00:00")
                    .with("scan.end", "2024-03-04T03:00:00")
                    .with("scan.window.size", "1 h")
                    .with("scan.window.max-size", "1 h")
                    .with("scan.locations-per-export", "1");

    static long at(int hour) {
        return toMillis(LocalDateTime.parse("2024-03-04T00:00").plusHours(hour));
    }

    Job begin(int parallelism) {
        return new Job(parallelism, ScanPlan.begin(options.read(), CLOCK), null);
    }

    Job restore(int parallelism, EnumeratorState state) {
        return new Job(parallelism, ScanPlan.resume(options.read(), state, CLOCK), state);
    }

    final class Job {
        private final TestingSplitEnumeratorContext<ExportSplit> context;
        private final VidiCenterEnumerator enumerator;

        Job(int parallelism, ScanPlan plan, EnumeratorState state) {
            this(new TestingSplitEnumeratorContext<>(parallelism), plan, state);
        }

        Job(
                TestingSplitEnumeratorContext<ExportSplit> context,
                ScanPlan plan,
                EnumeratorState state) {
            this.context = context;
            enumerator =
                    new VidiCenterEnumerator(context, plan, account, SimulatedTopology.NONE, state);
            enumerator.start();
        }

        VidiCenterEnumerator enumerator() {
            return enumerator;
        }

        void register(int subtask) {
            context.registerReader(subtask, "host");
            enumerator.addReader(subtask);
        }

        void unregister(int subtask) {
            context.registeredReaders().remove(subtask);
        }

        void hello(int subtask, long epoch, ExportSplit... held) {
            say(
                    subtask,
                    new ReaderHello(
                            epoch,
                            Stream.of(held)
                                    .map(s -> new ReaderHello.HeldSplit(s.splitId(), s.start()))
                                    .toList()));
        }

        void finish(int subtask, long epoch, ExportSplit... splits) {
            say(
                    subtask,
                    new SplitsFinished(
                            epoch, Stream.of(splits).map(ExportSplit::splitId).toList(), 1));
        }

        void say(int subtask, SourceEvent event) {
            enumerator.handleSourceEvent(subtask, event);
            context.getExecutorService().triggerAll();
        }

        void tick() {
            context.triggerAllActions();
        }

        List<ExportSplit> assigned(int subtask) {
            return context.getSplitAssignments().containsKey(subtask)
                    ? context.getSplitAssignments().get(subtask).getAssignedSplits()
                    : List.of();
        }

        boolean toldOfEnd(int subtask) {
            return context.getSplitAssignments().containsKey(subtask)
                    && context.getSplitAssignments().get(subtask).hasReceivedNoMoreSplitsSignal();
        }

        List<Long> times(int subtask) {
            return events(subtask, TimeReached.class).stream()
                    .map(TimeReached::localMillis)
                    .toList();
        }

        <E> List<E> events(int subtask, Class<E> type) {
            return context.getSentEvents().getOrDefault(subtask, List.of()).stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }
    }
}
