package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.BuildTimes;
import io.github.vidicenter.flink.client.ExportApi;
import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.event.BuildsSeen;
import io.github.vidicenter.flink.event.ExportsHeld;
import io.github.vidicenter.flink.event.PermitGranted;
import io.github.vidicenter.flink.event.ReaderHello;
import io.github.vidicenter.flink.event.SplitsFinished;
import io.github.vidicenter.flink.event.TimeReached;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import io.github.vidicenter.flink.split.ExportSplit;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SourceReaderBase;
import org.apache.flink.core.io.InputStatus;

/**
 * Reads splits, and emits the watermarks that the enumerator derives from what all readers have
 * emitted.
 */
public final class VidiCenterSourceReader<T>
        extends SourceReaderBase<ExportElement<T>, T, ExportSplit, SplitState> {

    private static final CompletableFuture<Void> AVAILABLE =
            CompletableFuture.completedFuture(null);

    private final long epoch;
    private final Permits permits;
    private final BuildTimes buildTimes;
    private final ExportApi api;
    private final RowTimes rowTimes;
    private final Map<String, SplitState> states;
    private final List<ReaderHello.HeldSplit> restored = new ArrayList<>();
    private final List<Long> restoredExports = new ArrayList<>();
    private final ExportKind kind;
    private boolean started;
    private Watermark pending;
    private volatile CompletableFuture<Void> watermarkOrRows = AVAILABLE;
    private CompletableFuture<Void> listenedTo;

    VidiCenterSourceReader(
            long epoch,
            ReaderParts<T> parts,
            RecordEmitter<ExportElement<T>, T, SplitState> emitter,
            RowTimes rowTimes,
            SourceReaderContext context) {
        super(
                new ExportFetcherManager<>(
                        () -> new ExportSplitReader<>(parts), context.getConfiguration()),
                emitter,
                context.getConfiguration(),
                context);
        this.epoch = epoch;
        this.permits = parts.permits();
        this.buildTimes = parts.buildTimes();
        this.api = parts.api();
        this.kind = parts.config().kind();
        this.rowTimes = rowTimes;
        this.states = parts.states();
    }

    /** A reader of the real service, with its own connections. */
    public static <T> VidiCenterSourceReader<T> create(
            VidiCenterConfig config,
            VidiCenterDeserializer<T> deserializer,
            RowTimes rowTimes,
            SourceReaderContext context) {
        long epoch = ThreadLocalRandom.current().nextLong();
        ReaderParts<T> parts =
                new ReaderParts<>(
                        config,
                        ExportApis.open(config, context.getConfiguration()),
                        ExportApis.protocol(config),
                        new Permits(epoch, context::sendSourceEventToCoordinator),
                        deserializer,
                        new ConcurrentHashMap<>(),
                        new ReaderMetrics(context.metricGroup()),
                        new BuildTimes(),
                        context::sendSourceEventToCoordinator,
                        steadyClock());
        return new VidiCenterSourceReader<>(
                epoch, parts, new ExportEmitter<>(rowTimes), rowTimes, context);
    }

    /** A clock that is set forward would time out whatever is being built. */
    private static Clock steadyClock() {
        Instant start = Clock.systemUTC().instant();
        long nanos = System.nanoTime();
        InstantSource clock = () -> start.plusNanos(System.nanoTime() - nanos);
        return clock.withZone(ZoneOffset.UTC);
    }

    @Override
    public void addSplits(List<ExportSplit> given) {
        List<ExportSplit> splits = ExportSplit.unpack(given);
        if (!started) {
            splits.forEach(s -> restored.add(new ReaderHello.HeldSplit(s.splitId(), s.start())));
            splits.forEach(s -> restoredExports.addAll(s.exportKeys(kind)));
        }
        super.addSplits(splits);
    }

    @Override
    public List<ExportSplit> snapshotState(long checkpointId) {
        return ExportSplit.pack(super.snapshotState(checkpointId));
    }

    @Override
    public void start() {
        started = true;
        if (!restoredExports.isEmpty()) {
            context.sendSourceEventToCoordinator(new ExportsHeld(List.copyOf(restoredExports)));
        }
        context.sendSourceEventToCoordinator(new ReaderHello(epoch, List.copyOf(restored)));
        permits.open();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof PermitGranted granted) {
            // A grant to an earlier attempt is not for this one.
            if (granted.epoch() == epoch) {
                permits.granted(granted.id(), granted.callsUsed());
            }
        } else if (event instanceof BuildsSeen seen) {
            for (BuildsSeen.Build build : seen.builds()) {
                buildTimes.learn(build.kind(), build.cells(), build.notReadyAt(), build.readyAt());
            }
        } else if (event instanceof TimeReached reached) {
            pending = new Watermark(rowTimes.ofEdge(reached.localMillis()) - 1);
            watermarkOrRows.complete(null);
            if (states.containsKey(ExportSplit.LEDGER_ID)) {
                states.get(ExportSplit.LEDGER_ID).fingerprints().forgetBefore(reached.keepFrom());
            }
        } else {
            throw new IllegalArgumentException("not an event of this source: " + event);
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        if (pending != null) {
            // On the main output: it passes on what no single split knows.
            output.emitWatermark(pending);
            pending = null;
        }
        return super.pollNext(output);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        CompletableFuture<Void> rows = super.isAvailable();
        if (pending != null || rows.isDone()) {
            return AVAILABLE;
        }
        if (watermarkOrRows.isDone()) {
            watermarkOrRows = new CompletableFuture<>();
        }
        if (listenedTo != rows) {
            // Once: without splits the rows' future stays the same, watermark after watermark.
            listenedTo = rows;
            rows.whenComplete((available, failure) -> watermarkOrRows.complete(null));
        }
        return rows.isDone() ? AVAILABLE : watermarkOrRows;
    }

    @Override
    protected void onSplitFinished(Map<String, SplitState> finished) {
        states.keySet().removeAll(finished.keySet());
        context.sendSourceEventToCoordinator(
                new SplitsFinished(
                        epoch,
                        List.copyOf(finished.keySet()),
                        finished.values().stream().mapToLong(SplitState::rows).sum()));
    }

    @Override
    protected SplitState initializedState(ExportSplit split) {
        SplitState state = new SplitState(split);
        states.put(split.splitId(), state);
        return state;
    }

    @Override
    protected ExportSplit toSplitType(String splitId, SplitState state) {
        return state.toSplit();
    }

    @Override
    public void close() throws Exception {
        api.abort();
        try {
            super.close();
        } finally {
            api.close();
        }
    }
}
