package io.github.vidicenter.flink.split;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Numbers and texts in checkpoints, with the checks that damaged bytes need. */
public final class Longs {

    private Longs() {}

    public static void write(DataOutputSerializer out, Collection<Long> values) throws IOException {
        out.writeInt(values.size());
        for (long value : values) {
            out.writeLong(value);
        }
    }

    public static List<Long> read(DataInputDeserializer in) throws IOException {
        int size = readSize(in, Long.BYTES);
        List<Long> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(in.readLong());
        }
        return values;
    }

    static void write(DataOutputSerializer out, long[] values) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    static long[] readArray(DataInputDeserializer in) throws IOException {
        long[] values = new long[readSize(in, Long.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    /**
     * Reads how many elements follow.
     *
     * @param bytesEach the least that one takes, so that a damaged size can't ask for memory that
     *     the bytes don't back
     */
    public static int readSize(DataInputDeserializer in, int bytesEach) throws IOException {
        int size = in.readInt();
        if (size < 0 || (long) size * bytesEach > in.available()) {
            throw new IOException("damaged state: a list of " + size + " elements");
        }
        return size;
    }
}
