package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.vidicenter.flink.client.ExportJson;
import io.github.vidicenter.flink.window.LocalTimes;
import io.github.vidicenter.flink.window.WindowGrid;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * The rows of a finished export: what the array {@code data} at the top of the answer holds,
 * wherever it stands among the other keys (API document, "Response's form"). Reads the answer to
 * its end, so that one that was cut off is noticed. Rows outside the asked-for time are dropped and
 * counted: the server takes {@code end} as inclusive.
 */
public final class ExportRows<T> implements Closeable {

    /** Twice of what the API allows an export to have. A job's state grows with each row. */
    static final long MAX_ROWS = 40_000_000;

    private final JsonParser parser;
    private final RowTextStream text;
    private final RowReader<T> reader;
    private final long start;
    private final long end;
    private final WindowGrid windows;
    private final long maxRows;

    private boolean inData;
    private boolean seenData;
    private T row;
    private long dropped;
    private long seen;

    /**
     * @param body the whole answer, decompressed; closed with this
     * @param startMillis inclusive, local time in milliseconds as if it were UTC
     * @param windows of the scan, none of which may be missed by rows of {@code 7d}, {@code 30d}
     *     and {@code 1M}
     */
    public ExportRows(
            InputStream body,
            RowReader<T> reader,
            long startMillis,
            long endMillisExclusive,
            WindowGrid windows)
            throws IOException {
        this(body, reader, startMillis, endMillisExclusive, windows, MAX_ROWS);
    }

    ExportRows(
            InputStream body,
            RowReader<T> reader,
            long startMillis,
            long endMillisExclusive,
            WindowGrid windows,
            long maxRows)
            throws IOException {
        this.text = new RowTextStream(body);
        this.parser = ExportJson.FACTORY.createParser(text);
        this.reader = reader;
        this.start = startMillis;
        this.end = endMillisExclusive;
        this.windows = windows;
        this.maxRows = maxRows;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("the answer is not a JSON object");
        }
    }

    /**
     * Goes to the next row within the time.
     *
     * @return false at the end of the answer
     * @throws IOException if the answer ends early, is malformed, too long, or has no array {@code
     *     data}
     * @throws ExportDecodeException if a row can't become a record, or belongs to no window though
     *     its bucket has to be one
     */
    public boolean next() throws IOException {
        while (inData || findData()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                if (++seen > maxRows) {
                    throw new IOException("the export has more than " + maxRows + " rows");
                }
                row = reader.read(parser);
                long time = reader.periodStart();
                if (time >= start && time < end) {
                    return true;
                }
                if (windows.leavesOut(time)) {
                    throw astray(time);
                }
                dropped++;
            } else if (token == JsonToken.END_ARRAY) {
                inData = false;
                text.forget();
            } else {
                throw new IOException("'data' of the answer holds " + token + ", not rows");
            }
        }
        row = null;
        return false;
    }

    private boolean findData() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isData = parser.currentName().equals("data");
            JsonToken value = parser.nextToken();
            if (isData && value == JsonToken.START_ARRAY) {
                inData = true;
                seenData = true;
                return true;
            }
            parser.skipChildren();
        }
        if (!seenData) {
            throw new IOException("the answer has no array 'data'");
        }
        if (parser.nextToken() != null) {
            throw new IOException("something follows the answer's JSON object");
        }
        return false;
    }

    private static ExportDecodeException astray(long time) {
        LocalDateTime bucket = LocalTimes.fromMillis(time);
        return new ExportDecodeException(
                "a row starts at "
                        + bucket
                        + ", in no window of the scan: the server counts its buckets from another"
                        + " day. Set 'scan.start' to '"
                        + DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(bucket)
                        + "', or to that plus or minus whole buckets, and start without the job's"
                        + " old state.");
    }

    public T row() {
        return row;
    }

    /** See {@link RowReader#sourceId()}. */
    public long sourceId() {
        return reader.sourceId();
    }

    /** See {@link RowReader#rowHash()}. */
    public long rowHash() {
        return reader.rowHash();
    }

    /** See {@link RowReader#keyHash()}. */
    public long keyHash() {
        return reader.keyHash();
    }

    /** See {@link RowReader#periodStart()}. */
    public long periodStart() {
        return reader.periodStart();
    }

    /** How many rows outside the asked-for time were dropped so far. */
    public long dropped() {
        return dropped;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
