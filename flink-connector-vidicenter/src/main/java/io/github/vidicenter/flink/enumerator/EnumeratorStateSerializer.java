package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.split.ExportSplitSerializer;
import io.github.vidicenter.flink.split.Longs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The enumerator's checkpoints; versions as in {@link ExportSplitSerializer}. */
public final class EnumeratorStateSerializer implements SimpleVersionedSerializer<EnumeratorState> {

    private static final int VERSION_1 = 1;

    private final ExportSplitSerializer splits = new ExportSplitSerializer();

    @Override
    public int getVersion() {
        return VERSION_1;
    }

    @Override
    public byte[] serialize(EnumeratorState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeLong(state.jobStart());
        out.writeLong(state.start());
        out.writeLong(state.end());
        write(out, state.position());
        out.writeDouble(state.history().rows());
        out.writeDouble(state.history().cells());
        out.writeLong(state.history().largest());
        out.writeDouble(state.history().buildMillis());
        write(out, state.refresh());
        Longs.write(out, state.building());
        out.writeInt(state.identity().size());
        for (Map.Entry<String, String> option : state.identity().entrySet()) {
            out.writeUTF(option.getKey());
            out.writeUTF(option.getValue());
        }
        out.writeInt(splits.getVersion());
        out.writeInt(state.returned().size());
        for (ExportSplit split : state.returned()) {
            byte[] bytes = splits.serialize(split);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public EnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION_1) {
            throw new IOException(
                    "The state holds an enumerator of version "
                            + version
                            + ", which this version of the connector does not know. It was written"
                            + " by a newer one: use that.");
        }
        return readVersion1(serialized);
    }

    private EnumeratorState readVersion1(byte[] serialized) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        long jobStart = in.readLong();
        long start = in.readLong();
        long end = in.readLong();
        PlanPosition position = readPosition(in);
        ExportHistory history =
                new ExportHistory(in.readDouble(), in.readDouble(), in.readLong(), in.readDouble());
        RefreshState refresh = readRefresh(in);
        List<Long> building = Longs.read(in);
        Map<String, String> identity = new TreeMap<>();
        int options = Longs.readSize(in, 2 * Short.BYTES);
        for (int i = 0; i < options; i++) {
            identity.put(in.readUTF(), in.readUTF());
        }
        int splitVersion = in.readInt();
        int count = Longs.readSize(in, Integer.BYTES);
        List<ExportSplit> returned = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[Longs.readSize(in, 1)];
            in.readFully(bytes);
            returned.add(splits.deserialize(splitVersion, bytes));
        }
        if (in.available() > 0) {
            throw new IOException(
                    "damaged state: " + in.available() + " bytes after the enumerator's end");
        }
        return new EnumeratorState(
                jobStart,
                start,
                end,
                position,
                history,
                refresh,
                returned,
                new HashSet<>(building),
                identity);
    }

    private static void write(DataOutputSerializer out, PlanPosition position) throws IOException {
        out.writeLong(position.next());
        out.writeInt(position.open().size());
        for (PlanPosition.Band band : position.open()) {
            out.writeLong(band.start());
            out.writeLong(band.end());
            Longs.write(out, band.left());
            out.writeInt(band.idsPerExport());
        }
    }

    private static PlanPosition readPosition(DataInputDeserializer in) throws IOException {
        long next = in.readLong();
        int bands = Longs.readSize(in, 2 * Long.BYTES + 2 * Integer.BYTES);
        List<PlanPosition.Band> open = new ArrayList<>();
        for (int i = 0; i < bands; i++) {
            open.add(
                    new PlanPosition.Band(
                            in.readLong(), in.readLong(), Longs.read(in), in.readInt()));
        }
        return new PlanPosition(next, open);
    }

    private static void write(DataOutputSerializer out, RefreshState refresh) throws IOException {
        out.writeBoolean(refresh != null);
        if (refresh != null) {
            out.writeLong(refresh.lookedAt());
            List<Long> locations = List.copyOf(refresh.seen().keySet());
            Longs.write(out, locations);
            Longs.write(out, locations.stream().map(refresh.seen()::get).toList());
            out.writeLong(refresh.start());
            out.writeLong(refresh.end());
            Longs.write(out, refresh.left());
        }
    }

    private static RefreshState readRefresh(DataInputDeserializer in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        long lookedAt = in.readLong();
        List<Long> locations = Longs.read(in);
        List<Long> uploads = Longs.read(in);
        if (locations.size() != uploads.size()) {
            throw new IOException("damaged state: locations and their uploads differ in number");
        }
        Map<Long, Long> seen = new HashMap<>();
        for (int i = 0; i < locations.size(); i++) {
            seen.put(locations.get(i), uploads.get(i));
        }
        return new RefreshState(lookedAt, seen, in.readLong(), in.readLong(), Longs.read(in));
    }
}
