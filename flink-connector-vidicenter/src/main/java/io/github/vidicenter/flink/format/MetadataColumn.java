package io.github.vidicenter.flink.format;

import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarCharType;

/** What a row can tell besides its keys. */
public enum MetadataColumn {
    /** When the export was made, in the server's words; NULL where the answer does not say. */
    CREATION_DATE("creation_date", new TimestampType(true, 3)),
    /** Start, inclusive, of the window that holds the row, in the data's local time. */
    WINDOW_START("window_start", new TimestampType(3)),
    /** End, exclusive, of the window that holds the row, in the data's local time. */
    WINDOW_END("window_end", new TimestampType(3)),
    /** 0 at first read, then counted up whenever a refresh finds the window changed. */
    REVISION("revision", new IntType()),
    /** The row's JSON as received. */
    RECORD("record", new VarCharType(VarCharType.MAX_LENGTH));

    private final String key;
    private final LogicalType type;

    MetadataColumn(String key, LogicalType type) {
        this.key = key;
        this.type = type;
    }

    /** The name in {@code METADATA FROM '…'}. */
    public String key() {
        return key;
    }

    /** The type in which it is produced. */
    public LogicalType type() {
        return type;
    }

    public static Optional<MetadataColumn> of(String key) {
        return Arrays.stream(values()).filter(column -> column.key.equals(key)).findFirst();
    }
}
