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
    private long inWindow;

    private ExportDelivery(
            ExportPart part,
            ExportBody body,
            String creationDate,
            VidiCenterDeserializer<T> deserializer,
            WindowGrid windows,
            ReaderMetrics metrics)
            throws IOException {
        this.body = body;
        this.metrics = metrics;
        RowReader<T> reader =
                deserializer.createReader(
                        new ExportContext(creationDate, windows, 0, metrics::parseError));
        this.emitted = new AlreadyEmitted(part.emitted(), creationDate, reader.keyed());
        if (emitted.isChanged()) {
            metrics.exportsChanged.inc();
            this.part = part;
        } else {
            EmittedRows before = part.emitted();
            this.part =
                    part.with(
                            new EmittedRows(creationDate, before.rowHashes(), before.keyHashes()));
        }
        this.rows = new ExportRows<>(body.open(), reader, part.start(), part.end(), windows);
    }

    /**
     * Opens a downloaded export. Its body is closed with it, or here if that fails.
     *
     * @throws IOException if the body can't be read
     */
    static <T> ExportDelivery<T> open(
            ExportPart part,
            ExportBody body,
            String creationDate,
            VidiCenterDeserializer<T> deserializer,
            WindowGrid windows,
            ReaderMetrics metrics)
            throws IOException {
        try {
            return new ExportDelivery<>(part, body, creationDate, deserializer, windows, metrics);
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
            if (!emitted.takeOff(rows.rowHash(), rows.keyHash())) {
                batch.add(rows.row(), rows.periodStart(), rows.rowHash(), rows.keyHash());
            }
        }
        return true;
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
