package io.github.vidicenter.flink.split;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.client.ExportRequest;
import io.github.vidicenter.flink.window.WindowGrid;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One export as it was planned: a set of locations (or another selection) in a half-open span of
 * windows. A split never leaves its reader unfinished; where its export is cut, the parts stay in
 * this split.
 *
 * @param splitId short, since each id becomes a metric group in Flink 2.3
 * @param start inclusive, local time in milliseconds
 * @param scanStart start of the scan, from which its windows are counted
 * @param scanEnd end of the scan, exclusive; {@link Long#MAX_VALUE}: none
 * @param parts what is left to read, in order; more than one only after a cut
 */
public record ExportSplit(
        String splitId, long start, long scanStart, long scanEnd, List<ExportPart> parts)
        implements SourceSplit {

    public ExportSplit {
        parts = List.copyOf(parts);
    }

    public static ExportSplit of(ExportKind kind, WindowGrid windows, ExportPart whole) {
        String id = String.format("%016x", whole.request(kind).key());
        return new ExportSplit(id, whole.start(), windows.start(), windows.end(), List.of(whole));
    }

    /** Names on the account of what is left to read, see {@link ExportRequest#key()}. */
    public List<Long> exportKeys(ExportKind kind) {
        return parts.stream().map(part -> part.request(kind).key()).toList();
    }

    public ExportSplit withParts(List<ExportPart> newParts) {
        return new ExportSplit(splitId, start, scanStart, scanEnd, newParts);
    }
}
