package io.github.vidicenter.flink.split;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.client.ExportRequest;
import io.github.vidicenter.flink.window.WindowGrid;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One export as it was planned: a set of locations (or another selection) in a half-open span of
 * windows. A split never leaves its reader unfinished; where its export is cut, the parts stay in
 * this split.
 *
 * @param splitId short, since each id becomes a metric group in Flink 2.3
 * @param start inclusive, local time in milliseconds; {@link #NO_START}: it delays no watermark
 * @param scanStart start of the scan, from which its windows are counted
 * @param scanEnd end of the scan, exclusive; {@link Long#MAX_VALUE}: none
 * @param parts what is left to read, in order; more than one only after a cut
 * @param ledger null: a split with exports; else the split that remembers for refreshes
 */
public record ExportSplit(
        String splitId,
        long start,
        long scanStart,
        long scanEnd,
        List<ExportPart> parts,
        Ledger ledger)
        implements SourceSplit {

    /** Start of splits that hold up no watermark: exports that are read again, and the ledger. */
    public static final long NO_START = Long.MAX_VALUE;

    /** Id of the one split that has a ledger. */
    public static final String LEDGER_ID = "ledger";

    public ExportSplit {
        parts = List.copyOf(parts);
    }

    public static ExportSplit of(ExportKind kind, WindowGrid windows, ExportPart whole) {
        String id = String.format("%016x", whole.request(kind).key());
        return new ExportSplit(
                id, whole.start(), windows.start(), windows.end(), List.of(whole), null);
    }

    /** An export that is read again. */
    public static ExportSplit refresh(ExportKind kind, WindowGrid windows, ExportPart whole) {
        String id = String.format("r%016x", whole.request(kind).key());
        return new ExportSplit(id, NO_START, windows.start(), windows.end(), List.of(whole), null);
    }

    public static ExportSplit ledger(WindowGrid windows) {
        return new ExportSplit(
                LEDGER_ID, NO_START, windows.start(), windows.end(), List.of(), Ledger.empty());
    }

    public boolean isLedger() {
        return ledger != null;
    }

    /** Whether its exports were read before. */
    public boolean isRefresh() {
        return start == NO_START && !isLedger();
    }

    /**
     * A reader's splits as a checkpoint has them: with a ledger they are one, which a rescale can't
     * divide.
     */
    public static List<ExportSplit> pack(List<ExportSplit> splits) {
        List<ExportSplit> others = splits.stream().filter(split -> !split.isLedger()).toList();
        return splits.stream()
                .filter(ExportSplit::isLedger)
                .findFirst()
                .map(ledger -> List.of(ledger.holding(others)))
                .orElse(splits);
    }

    /** A checkpoint's splits as a reader has them, one by one. */
    public static List<ExportSplit> unpack(List<ExportSplit> packed) {
        List<ExportSplit> splits = new ArrayList<>();
        for (ExportSplit split : packed) {
            if (split.isLedger()) {
                splits.add(split.holding(List.of()));
                splits.addAll(split.ledger().held());
            } else {
                splits.add(split);
            }
        }
        return splits;
    }

    private ExportSplit holding(List<ExportSplit> others) {
        return new ExportSplit(
                splitId,
                start,
                scanStart,
                scanEnd,
                parts,
                new Ledger(ledger.fingerprints(), others));
    }

    /** Names on the account of what is left to read, see {@link ExportRequest#key()}. */
    public List<Long> exportKeys(ExportKind kind) {
        return parts.stream().map(part -> part.request(kind).key()).toList();
    }

    public ExportSplit withParts(List<ExportPart> newParts) {
        return new ExportSplit(splitId, start, scanStart, scanEnd, newParts, ledger);
    }
}
