package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.ExportBody;
import io.github.vidicenter.flink.format.ExportContext;
import io.github.vidicenter.flink.format.ExportRows;
import io.github.vidicenter.flink.format.RowReader;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import io.github.vidicenter.flink.split.EmittedRows;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.window.WindowGrid;
import java.io.Closeable;
import java.io.IOException;

/** Reads the rows of a downloaded export, without those that were emitted before a restore. */
final class ExportDelivery<T> implements Closeable {

    private final ExportPart part;
    private final ExportBody body;
    private final ExportRows<T> rows;
    private final AlreadyEmitted emitted;
    private final ReaderMetrics metrics;
    private final Changes changes;
    private long inWindow;

    private ExportDelivery(
            ExportPart part,
            ExportBody body,
            String creationDate,
            VidiCenterDeserializer<T> deserializer,
            WindowGrid windows,
            Changes changes,
            ReaderMetrics metrics)
            throws IOException {
        this.body = body;
        this.metrics = metrics;
        this.changes = changes;
        ExportContext context =
                new ExportContext(
                        creationDate,
                        windows,
                        changes == null ? ExportContext.Revisions.FIRST : changes,
                        metrics::parseError);
        RowReader<T> reader = deserializer.createReader(context);
        this.emitted =
                new AlreadyEmitted(part.emitted(), creationDate, reader.keyed(), changes != null);
        if (emitted.isChanged()) {
            metrics.exportsChanged.inc();
            this.part = part;
        } else {
            EmittedRows before = part.emitted();
            this.part =
                    part.with(
                            new EmittedRows(creationDate, before.rowHashes(), before.keyHashes()));
        }
        if (changes != null) {
            if (emitted.isChanged()) {
                changes.takeAllForChanged();
            }
            if (changes.isRefresh()) {
                noteAll(
                        deserializer.createReader(
                                new ExportContext(creationDate, windows, changes, () -> {})),
                        windows);
            }
        }
        this.rows = new ExportRows<>(body.open(), reader, part.start(), part.end(), windows);
    }

    /** A first pass: which windows changed is known only when all of their rows are. */
    private void noteAll(RowReader<T> reader, WindowGrid windows) throws IOException {
        try (ExportRows<T> pass =
                new ExportRows<>(body.open(), reader, part.start(), part.end(), windows)) {
            while (pass.next()) {
                changes.note(pass.sourceId(), pass.periodStart(), pass.rowHash());
            }
        }
    }

    /**
     * Opens a downloaded export. Its body is closed with it, or here if that fails.
     *
     * @param changes null: the scan has no lookback
     * @throws IOException if the body can't be read
     */
    static <T> ExportDelivery<T> open(
            ExportPart part,
            ExportBody body,
            String creationDate,
            VidiCenterDeserializer<T> deserializer,
            WindowGrid windows,
            Changes changes,
            ReaderMetrics metrics)
            throws IOException {
        try {
            return new ExportDelivery<>(
                    part, body, creationDate, deserializer, windows, changes, metrics);
        } catch (IOException | RuntimeException e) {
            body.close();
            throw e;
        }
    }

    /**
     * The part with what a checkpoint has to know of the export. Once an export has changed the
     * first creation date stays, so that every later download is compared by natural key.
     */
    ExportPart part() {
        return part;
    }

    /**
     * Adds rows until the batch is full.
     *
     * @return whether there may be more
     */
    boolean fill(ExportBatch<T> batch) throws IOException {
        while (!batch.isFull()) {
            if (!rows.next()) {
                metrics.rowsOutsideWindow.inc(rows.dropped());
                return false;
            }
            inWindow++;
            if (changes != null && !isNew()) {
                continue;
            }
            if (!emitted.takeOff(rows.rowHash(), rows.keyHash())) {
                batch.add(rows.row(), rows.periodStart(), rows.rowHash(), rows.keyHash());
            }
        }
        return true;
    }

    /** Whether a row says what was not said before. */
    private boolean isNew() {
        if (!changes.isRefresh()) {
            changes.note(rows.sourceId(), rows.periodStart(), rows.rowHash());
            return true;
        }
        return changes.isChanged(rows.sourceId(), rows.periodStart());
    }

    /** How many rows of the export were read so far, delivered or not. */
    long rows() {
        return inWindow + rows.dropped();
    }

    @Override
    public void close() throws IOException {
        try {
            rows.close();
        } finally {
            body.close();
        }
    }
}
