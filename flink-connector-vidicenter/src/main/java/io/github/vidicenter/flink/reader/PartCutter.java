package io.github.vidicenter.flink.reader;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.client.ExportProgress;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.config.DividedList;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.split.EmittedRows;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.window.WindowGrid;
import java.util.List;

/** Cuts a part that fails, or is too large, in two: first its ids, then its windows. */
final class PartCutter {

    private final WindowGrid windows;
    private final Selection.Kind divided;
    private final int maxAttempts;

    /**
     * @param divided the list that may be cut; null: the selection is to stay whole
     */
    PartCutter(WindowGrid windows, Selection.Kind divided, int maxAttempts) {
        this.windows = windows;
        this.divided = divided;
        this.maxAttempts = maxAttempts;
    }

    static PartCutter of(VidiCenterConfig config, WindowGrid windows) {
        return new PartCutter(windows, DividedList.of(config), config.protocol().maxAttempts());
    }

    /** Whether smaller exports may get what this answer denies. */
    boolean isDivisible(ExportPart part, Answer answer) {
        // No access to an id, or no such id, is so at any time: smaller windows won't help.
        boolean ofIds = answer instanceof Answer.Rejected refused && refused.status() != 400;
        return isDivisible(part) && (!ofIds || hasSeveralIds(part));
    }

    private boolean isDivisible(ExportPart part) {
        // A part that is half emitted is finished on the server: what fails then is not its size,
        // and its emitted rows could not be told from those of the halves.
        return part.emitted().isEmpty() && (hasSeveralIds(part) || hasSeveralWindows(part));
    }

    List<ExportPart> cut(ExportPart part) {
        if (hasSeveralIds(part)) {
            List<Long> ids = part.selection().ids(divided);
            int middle = ids.size() / 2;
            return List.of(
                    half(part, ids.subList(0, middle), part.start(), part.end()),
                    half(part, ids.subList(middle, ids.size()), part.start(), part.end()));
        }
        long middle = windows.startOf(part.start() + (part.end() - part.start()) / 2);
        if (middle <= part.start()) {
            middle = windows.endOf(part.start());
        }
        return List.of(
                half(part, part.selection(), part.start(), middle),
                half(part, part.selection(), middle, part.end()));
    }

    private boolean hasSeveralIds(ExportPart part) {
        return divided != null && part.selection().ids(divided).size() > 1;
    }

    private boolean hasSeveralWindows(ExportPart part) {
        return windows.endOf(part.start()) < part.end();
    }

    private ExportPart half(ExportPart part, List<Long> ids, long start, long end) {
        return half(part, Selection.of(divided, List.copyOf(ids)), start, end);
    }

    private ExportPart half(ExportPart part, Selection selection, long start, long end) {
        ExportPart half =
                new ExportPart(
                        selection,
                        start,
                        end,
                        part.recent(),
                        ExportProgress.initial(),
                        EmittedRows.none());
        return half.with(ExportProgress.afterCut(maxAttempts, isDivisible(half)));
    }
}
