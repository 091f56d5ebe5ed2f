package io.github.vidicenter.flink.split;

import io.github.vidicenter.flink.client.ExportProgress;
import io.github.vidicenter.flink.client.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Splits in checkpoints. A new version adds a constant and a method that reads it; what an old
 * version wrote is read for ever.
 */
public final class ExportSplitSerializer implements SimpleVersionedSerializer<ExportSplit> {

    private static final int VERSION_1 = 1;

    @Override
    public int getVersion() {
        return VERSION_1;
    }

    @Override
    public byte[] serialize(ExportSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeUTF(split.splitId());
        out.writeLong(split.start());
        out.writeLong(split.scanStart());
        out.writeLong(split.scanEnd());
        out.writeInt(split.parts().size());
        for (ExportPart part : split.parts()) {
            write(out, part);
        }
        out.writeBoolean(split.isLedger());
        if (split.isLedger()) {
            write(out, split.ledger());
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public ExportSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION_1) {
            throw new IOException(
                    "The state holds splits of version "
                            + version
                            + ", which this version of the connector does not know. It was written"
                            + " by a newer one: use that.");
        }
        return readVersion1(serialized);
    }

    private static ExportSplit readVersion1(byte[] serialized) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        String id = in.readUTF();
        long start = in.readLong();
        long scanStart = in.readLong();
        long scanEnd = in.readLong();
        int count = Longs.readSize(in, 1);
        List<ExportPart> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(readPart(in));
        }
        Ledger ledger = in.readBoolean() ? readLedger(in) : null;
        if (in.available() > 0) {
            throw new IOException(
                    "damaged state: " + in.available() + " bytes after the end of split " + id);
        }
        return new ExportSplit(id, start, scanStart, scanEnd, parts, ledger);
    }

    private void write(DataOutputSerializer out, Ledger ledger) throws IOException {
        ledger.fingerprints().write(out);
        out.writeInt(ledger.held().size());
        for (ExportSplit held : ledger.held()) {
            byte[] bytes = serialize(held);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static Ledger readLedger(DataInputDeserializer in) throws IOException {
        Fingerprints fingerprints = Fingerprints.read(in);
        int count = Longs.readSize(in, Integer.BYTES);
        List<ExportSplit> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[Longs.readSize(in, 1)];
            in.readFully(bytes);
            held.add(readVersion1(bytes));
        }
        return new Ledger(fingerprints, held);
    }

    private static void write(DataOutputSerializer out, ExportPart part) throws IOException {
        for (Selection.Kind kind : Selection.Kind.values()) {
            Longs.write(out, part.selection().ids(kind));
        }
        out.writeLong(part.start());
        out.writeLong(part.end());
        out.writeBoolean(part.recent());
        write(out, part.progress());
        writeNullable(out, part.emitted().creationDate());
        Longs.write(out, part.emitted().rowHashes());
        Longs.write(out, part.emitted().keyHashes());
    }

    private static ExportPart readPart(DataInputDeserializer in) throws IOException {
        Selection selection =
                new Selection(Longs.read(in), Longs.read(in), Longs.read(in), Longs.read(in));
        long start = in.readLong();
        long end = in.readLong();
        boolean recent = in.readBoolean();
        ExportProgress progress = readProgress(in);
        String creationDate = readNullable(in);
        EmittedRows emitted =
                new EmittedRows(creationDate, Longs.readArray(in), Longs.readArray(in));
        return new ExportPart(selection, start, end, recent, progress, emitted);
    }

    private static void write(DataOutputSerializer out, ExportProgress progress)
            throws IOException {
        out.writeBoolean(progress.asked());
        out.writeInt(progress.attempts());
        out.writeInt(progress.callFailures());
        out.writeInt(progress.throttles());
        out.writeUTF(progress.rebuild().name());
        writeNullable(out, progress.staleCreationDate());
        out.writeInt(progress.polls());
        out.writeLong(progress.startedAt());
        out.writeBoolean(progress.tokenReread());
    }

    private static ExportProgress readProgress(DataInputDeserializer in) throws IOException {
        return new ExportProgress(
                in.readBoolean(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                readRebuild(in),
                readNullable(in),
                in.readInt(),
                in.readLong(),
                in.readBoolean());
    }

    private static ExportProgress.Rebuild readRebuild(DataInputDeserializer in) throws IOException {
        String name = in.readUTF();
        try {
            return ExportProgress.Rebuild.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged state: a rebuild that is '" + name + "'", e);
        }
    }

    private static void writeNullable(DataOutputSerializer out, String value) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeUTF(value);
        }
    }

    private static String readNullable(DataInputDeserializer in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
