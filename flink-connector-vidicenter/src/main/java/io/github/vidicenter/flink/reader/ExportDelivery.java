package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.format.ExportContext;
import io.github.vidicenter.flink.format.ExportRows;
import io.github.vidicenter.flink.format.RowReader;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import io.github.vidicenter.flink.split.EmittedRows;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.window.WindowGrid;
import java.io.Closeable;
import java.io.IOException;

/**
 * Reads the rows of a downloaded export, without those that were emitted from an earlier download.
 */
final class ExportDelivery<T> implements Closeable {

    private final ExportPart part;
    private final Answer.Finished export;
    private final VidiCenterDeserializer<T> deserializer;
    private final WindowGrid windows;
    private final ExportRows<T> rows;
    private final AlreadyEmitted emitted;
    private final ReaderMetrics metrics;
    private final Changes changes;
    private long inWindow;

    /** Rows in the batches that are out. */
    private long delivered;

    private ExportDelivery(
            ExportPart part,
            Answer.Finished export,
            VidiCenterDeserializer<T> deserializer,
            WindowGrid windows,
            Changes changes,
            ReaderMetrics metrics)
            throws IOException {
        String creationDate = export.creationDate();
        this.export = export;
        this.deserializer = deserializer;
        this.windows = windows;
        this.metrics = metrics;
        this.changes = changes;
        RowReader<T> reader = reader(metrics::parseError);
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
                noteAll();
            }
        }
        this.rows = rows(reader);
    }

    private RowReader<T> reader(Runnable parseErrorCounter) {
        return deserializer.createReader(
                new ExportContext(
                        export.creationDate(),
                        windows,
                        changes == null ? ExportContext.Revisions.FIRST : changes,
                        parseErrorCounter));
    }

    /** A pass from the body's beginning. */
    private ExportRows<T> rows(RowReader<T> reader) throws IOException {
        return new ExportRows<>(export.body().open(), reader, part.start(), part.end(), windows);
    }

    /** A pass beside the one that delivers, which counts nothing. */
    private ExportRows<T> secondPass() throws IOException {
        return rows(reader(() -> {}));
    }

    /** A first pass: which windows changed is known only when all of their rows are. */
    private void noteAll() throws IOException {
        try (ExportRows<T> pass = secondPass()) {
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
            Answer.Finished export,
            VidiCenterDeserializer<T> deserializer,
            WindowGrid windows,
            Changes changes,
            ReaderMetrics metrics)
            throws IOException {
        try {
            return new ExportDelivery<>(part, export, deserializer, windows, changes, metrics);
        } catch (IOException | RuntimeException e) {
            export.body().close();
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
        delivered += batch.size();
        return true;
    }

    /** Whether the answer was known to be whole before its rows were read. */
    boolean isWhole() {
        return export.whole();
    }

    /**
     * Where the answer broke off among its rows: the part, to be asked for again without those that
     * are out. Their hashes, which nobody has kept here, are read once more.
     */
    ExportPart brokenOff() throws IOException {
        EmittedHashes hashes = new EmittedHashes(part.emitted());
        try (ExportRows<T> pass = secondPass()) {
            for (long i = 0; i < delivered && pass.next(); i++) {
                hashes.add(pass.rowHash(), pass.keyHash());
            }
        }
        return part.with(hashes.toRows());
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
            export.body().close();
        }
    }
}
