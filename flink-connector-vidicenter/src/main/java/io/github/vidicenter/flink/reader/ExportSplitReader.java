package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.client.ExportProgress;
import io.github.vidicenter.flink.client.ExportProtocol;
import io.github.vidicenter.flink.client.ExportRequest;
import io.github.vidicenter.flink.client.Step;
import io.github.vidicenter.flink.event.ExportRead;
import io.github.vidicenter.flink.format.ExportDecodeException;
import io.github.vidicenter.flink.quota.CallResult;
import io.github.vidicenter.flink.quota.PermitKind;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.window.WindowGrid;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one split, part after part: asks, waits, downloads, decodes. Each split has its own, with a
 * thread of its own, so this is written straight on; several splits build and load at a time.
 */
final class ExportSplitReader<T> implements SplitReader<ExportElement<T>, ExportSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(ExportSplitReader.class);

    private final ReaderParts<T> reader;
    private final ExportFailures failures;
    private final BuildWatch watch;
    private final CompletableFuture<Void> woken = new CompletableFuture<>();
    private final Deque<ExportPart> parts = new ArrayDeque<>();
    private ExportSplit split;
    private SplitState state;
    private WindowGrid windows;
    private PartCutter cutter;
    private ExportDelivery<T> delivery;

    /** Null: the scan has no lookback. */
    private Changes changes;

    private long buildMillis;
    private long waitMillis;

    /** As metrics were told last. */
    private ExportStage stage;

    ExportSplitReader(ReaderParts<T> reader) {
        this.reader = reader;
        this.failures = new ExportFailures(reader);
        this.watch = new BuildWatch(reader.buildTimes(), reader.reports());
    }

    @Override
    public void handleSplitsChanges(SplitsChange<ExportSplit> change) {
        split = change.splits().get(0);
        state = reader.states().get(split.splitId());
        windows = reader.config().windows(split.scanStart(), split.scanEnd());
        cutter = PartCutter.of(reader.config(), windows);
        for (ExportPart part : split.parts()) {
            parts.add(
                    part.with(
                            part.progress()
                                    .afterRestore(
                                            reader.clock().millis(),
                                            reader.config().protocol().exportTimeout())));
        }
        moveTo(stageNow());
    }

    @Override
    public RecordsWithSplitIds<ExportElement<T>> fetch() throws IOException {
        try {
            if (delivery != null) {
                return deliver();
            }
            return parts.isEmpty() ? progress() : proceed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExportBatch.empty();
        }
    }

    private RecordsWithSplitIds<ExportElement<T>> deliver() throws IOException {
        ExportBatch<T> batch = ExportBatch.forRows(split.splitId());
        try {
            if (delivery.fill(batch)) {
                return batch;
            }
        } catch (IOException | ExportDecodeException e) {
            if (e instanceof IOException broken && !delivery.isWhole()) {
                return askAgain(broken);
            }
            throw failures.unreadable(request(parts.element()), e);
        }
        delivery.close();
        ExportPart read = parts.remove();
        reader.metrics().read(delivery.rows());
        reader.reports().accept(new ExportRead(read.cells(windows), delivery.rows(), buildMillis));
        delivery = null;
        moveTo(stageNow());
        batch.then(state, List.copyOf(parts));
        Changes done = changes;
        changes = null;
        return done == null ? batch : batch.andThen(done::commit);
    }

    /**
     * An answer that was not known to be whole broke off among its rows. Those that are out stay
     * so; the export is asked for again, like after any answer of no use.
     */
    private RecordsWithSplitIds<ExportElement<T>> askAgain(IOException cause) throws IOException {
        ExportRequest request = request(parts.element());
        ExportPart part;
        try (ExportDelivery<T> broken = delivery) {
            part = broken.brokenOff();
        } catch (IOException e) {
            throw failures.unreadable(request, e);
        }
        delivery = null;
        Step step = next(part, failures.brokenOff(request, cause));
        if (failures.failsJob(step)) {
            reader.permits().leave();
        }
        return follow(part, request, step);
    }

    /** One call, and what follows from its answer. */
    private RecordsWithSplitIds<ExportElement<T>> proceed()
            throws IOException, InterruptedException {
        ExportPart part = parts.element();
        if (waited()) {
            return ExportBatch.empty();
        }
        ExportRequest request = request(part);
        long permit = reader.permits().acquire(kindOf(part), request.key(), split.start(), woken);
        if (permit < 0) {
            return ExportBatch.empty();
        }
        long askedAt = reader.clock().millis();
        Answer answer = ask(request, part, permit);
        if (part.progress().forceRebuild()) {
            reader.metrics().exportsRebuilt.inc();
        }
        if (woken.isDone()) {
            reader.permits().release(permit, CallResult.of(answer));
            discard(answer);
            return ExportBatch.empty();
        }
        Step step = next(part, answer);
        if (!showsTheOldExport(answer, step)) {
            buildMillis =
                    watch.saw(part.progress(), answer, sizeOf(part), part.cells(windows), askedAt);
        }
        if (failures.failsJob(step)) {
            reader.permits().leave();
        }
        reader.permits().release(permit, resultOf(answer, step));
        if (!(step instanceof Step.Deliver)) {
            discard(answer);
        }
        if (step instanceof Step.Deliver deliver) {
            long millis = reader.clock().millis() - askedAt;
            reader.metrics().downloaded(deliver.export().body().bytes(), millis, buildMillis);
        }
        return follow(part, request, step);
    }

    /** What the account has to know, which the protocol's judgement of the answer tells. */
    private static CallResult resultOf(Answer answer, Step step) {
        if (showsTheOldExport(answer, step)) {
            return CallResult.of(CallResult.Outcome.BUILDING);
        }
        CallResult result = CallResult.of(answer);
        boolean again = step instanceof Step.Ask || step instanceof Step.Deliver;
        return again ? result : result.last();
    }

    /** Whether an export that ended is not the one that is polled for: a rebuild replaces it. */
    private static boolean showsTheOldExport(Answer answer, Step step) {
        boolean ended = answer instanceof Answer.Finished || answer instanceof Answer.Failed;
        return ended && step instanceof Step.Ask ask && !ask.forceRebuild();
    }

    /** Of the part at hand; null: none is left. */
    private ExportStage stageNow() {
        if (delivery != null) {
            return ExportStage.DELIVERING;
        } else if (parts.isEmpty()) {
            return null;
        }
        return parts.element().progress().polls() > 0 ? ExportStage.BUILDING : ExportStage.WAITING;
    }

    private void moveTo(ExportStage next) {
        reader.metrics().moved(stage, next);
        stage = next;
    }

    private ExportRequest request(ExportPart part) {
        return part.request(reader.config().kind());
    }

    private Step next(ExportPart part, Answer answer) {
        return reader.protocol()
                .next(
                        part.progress(),
                        answer,
                        reader.clock().millis(),
                        new ExportProtocol.Situation(
                                cutter.isDivisible(part, answer),
                                part.recent(),
                                age -> nextPoll(part, age)));
    }

    /** Exports alike in this take about as long to build. */
    private static long sizeOf(ExportPart part) {
        return 31 * (part.end() - part.start()) + part.selection().hashCode();
    }

    private long nextPoll(ExportPart part, long age) {
        return reader.buildTimes()
                .nextPoll(
                        sizeOf(part),
                        part.cells(windows),
                        age,
                        reader.config().protocol().pollMinInterval().toMillis(),
                        reader.permits().callsUsed());
    }

    private RecordsWithSplitIds<ExportElement<T>> follow(
            ExportPart part, ExportRequest request, Step step) throws IOException {
        parts.remove();
        take(part, request, step);
        moveTo(stageNow());
        return progress();
    }

    private void take(ExportPart part, ExportRequest request, Step step) throws IOException {
        ExportPart now = part.with(step.progress());
        waitMillis = 0;
        if (step instanceof Step.Ask ask) {
            waitMillis = ask.waitMillis();
            parts.addFirst(now);
        } else if (step instanceof Step.Deliver deliver) {
            delivery = open(now, deliver.export());
            parts.addFirst(delivery.part());
        } else if (step instanceof Step.Cut cut) {
            LOG.warn("Cutting the export {} in two: {}", request.canonicalQuery(), cut.reason());
            reader.metrics().exportsCut.inc();
            List<ExportPart> halves = cutter.cut(part);
            parts.addFirst(halves.get(1));
            parts.addFirst(halves.get(0));
        } else if (step instanceof Step.Fail fail) {
            failures.giveUp(request, fail);
        }
    }

    private ExportDelivery<T> open(ExportPart part, Answer.Finished export) throws IOException {
        try {
            return ExportDelivery.open(
                    part, export, reader.deserializer(), windows, changes(), reader.metrics());
        } catch (IOException | ExportDecodeException e) {
            throw failures.unreadable(request(part), e);
        }
    }

    private Changes changes() {
        SplitState ledger = reader.states().get(ExportSplit.LEDGER_ID);
        changes =
                ledger == null
                        ? null
                        : Changes.of(
                                ledger.fingerprints(),
                                windows,
                                split,
                                reader.config().scan().refreshLookback().toMillis(),
                                reader.metrics());
        return changes;
    }

    /** The permit is given back where the call does not come to an answer. */
    private Answer ask(ExportRequest request, ExportPart part, long permit)
            throws InterruptedException {
        Answer answer = null;
        try {
            answer = reader.api().ask(request, part.progress().forceRebuild(), wholeFirst(part));
            return answer;
        } finally {
            if (answer == null) {
                reader.permits().release(permit, CallResult.of(CallResult.Outcome.UNKNOWN));
            }
        }
    }

    /** A row can be taken back by none: what decides about rows has to be known before them. */
    private boolean wholeFirst(ExportPart part) {
        return part.progress().needsWholeAnswer()
                || !part.emitted().isEmpty()
                || reader.states().get(ExportSplit.LEDGER_ID) != null
                || reader.deserializer().needsCreationDate();
    }

    private static PermitKind kindOf(ExportPart part) {
        if (!part.emitted().isEmpty()) {
            return PermitKind.FETCH;
        }
        ExportProgress progress = part.progress();
        return progress.polls() > 0 ? PermitKind.POLL : PermitKind.START;
    }

    private static void discard(Answer answer) {
        if (answer instanceof Answer.Finished finished) {
            finished.body().close();
        }
    }

    private RecordsWithSplitIds<ExportElement<T>> progress() {
        return ExportBatch.progress(state, List.copyOf(parts));
    }

    /** Waits until the next call is due; true if woken up instead. */
    private boolean waited() throws InterruptedException {
        try {
            woken.get(waitMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException due) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("is only ever completed", e);
        }
    }

    /** A split is woken up only to end: it is given to its reader before that starts. */
    @Override
    public void wakeUp() {
        woken.complete(null);
    }

    @Override
    public void close() throws IOException {
        moveTo(null);
        if (delivery != null) {
            delivery.close();
        }
    }
}
