package io.github.vidicenter.flink.split;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What the windows within the lookback held when they were emitted last: for each location (or
 * site) and window a fingerprint of its rows, in any order, and a revision. 20 bytes each, only for
 * the lookback. Thread-safe: the task's thread writes, decoding threads read.
 */
public final class Fingerprints {

    /** Revision of what was never emitted. */
    public static final int UNKNOWN = -1;

    private static final int BYTES_EACH = 2 * Long.BYTES + Integer.BYTES;

    private final TreeMap<Long, Window> windows = new TreeMap<>();

    /** Parallel arrays, sorted by source. */
    private static final class Window {
        private long[] sources = new long[4];
        private long[] prints = new long[4];
        private int[] revisions = new int[4];
        private int size;

        private int find(long source) {
            return Arrays.binarySearch(sources, 0, size, source);
        }

        private void put(long source, long print, int revision) {
            int at = find(source);
            if (at < 0) {
                at = -at - 1;
                if (size == sources.length) {
                    int length = size + (size >> 1);
                    sources = Arrays.copyOf(sources, length);
                    prints = Arrays.copyOf(prints, length);
                    revisions = Arrays.copyOf(revisions, length);
                }
                System.arraycopy(sources, at, sources, at + 1, size - at);
                System.arraycopy(prints, at, prints, at + 1, size - at);
                System.arraycopy(revisions, at, revisions, at + 1, size - at);
                size++;
            }
            sources[at] = source;
            prints[at] = print;
            revisions[at] = revision;
        }
    }

    /**
     * @param window start of the window, local time in milliseconds
     */
    public synchronized int revision(long source, long window) {
        Window known = windows.get(window);
        int at = known == null ? -1 : known.find(source);
        return at < 0 ? UNKNOWN : known.revisions[at];
    }

    /** Whether the window was emitted with just these rows. */
    public synchronized boolean isSame(long source, long window, long print) {
        Window known = windows.get(window);
        int at = known == null ? -1 : known.find(source);
        return at >= 0 && known.prints[at] == print;
    }

    public synchronized void put(long source, long window, long print, int revision) {
        windows.computeIfAbsent(window, start -> new Window()).put(source, print, revision);
    }

    /** Forgets windows that start before this. */
    public synchronized void forgetBefore(long window) {
        windows.headMap(window, false).clear();
    }

    /** How many locations and windows are known. */
    public synchronized int size() {
        return windows.values().stream().mapToInt(window -> window.size).sum();
    }

    synchronized void write(DataOutputSerializer out) throws IOException {
        out.writeInt(windows.size());
        for (Map.Entry<Long, Window> entry : windows.entrySet()) {
            Window window = entry.getValue();
            out.writeLong(entry.getKey());
            out.writeInt(window.size);
            for (int i = 0; i < window.size; i++) {
                out.writeLong(window.sources[i]);
                out.writeLong(window.prints[i]);
                out.writeInt(window.revisions[i]);
            }
        }
    }

    static Fingerprints read(DataInputDeserializer in) throws IOException {
        Fingerprints all = new Fingerprints();
        int count = Longs.readSize(in, Long.BYTES + Integer.BYTES);
        for (int w = 0; w < count; w++) {
            long window = in.readLong();
            int size = Longs.readSize(in, BYTES_EACH);
            for (int i = 0; i < size; i++) {
                all.put(in.readLong(), window, in.readLong(), in.readInt());
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return size() + " fingerprints";
    }
}
