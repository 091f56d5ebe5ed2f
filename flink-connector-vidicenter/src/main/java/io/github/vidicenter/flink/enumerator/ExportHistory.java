package io.github.vidicenter.flink.enumerator;

/**
 * What earlier exports held and how long they took: sums in which an older export counts less and
 * less, so that this stays small and follows the audience. A cell is a location in a bucket of
 * time, as in {@code ExportPart.cells}.
 *
 * @param rows of these exports
 * @param cells of these exports
 * @param largest cells of the largest export ever read
 * @param buildMillis mean time that an export takes to build; 0: not known
 */
public record ExportHistory(double rows, double cells, long largest, double buildMillis) {

    public static final ExportHistory NONE = new ExportHistory(0, 0, 0, 0);

    /** Share of what was known that is kept with each new export, once there is enough. */
    private static final double KEPT = 7.0 / 8;

    private static final double ENOUGH_CELLS = 1_000_000;

    /** An assumption about the rows weighs as much as an export of this many rows. */
    private static final double ASSUMED_ROWS = 10_000;

    /** Nights are quiet: what they teach is believed for exports up to this much larger. */
    private static final int GROWTH = 2;

    /**
     * With one more export.
     *
     * @param millis how long it took to build; 0: not known
     */
    public ExportHistory with(long moreCells, long moreRows, long millis) {
        double kept = cells > ENOUGH_CELLS ? KEPT : 1;
        return new ExportHistory(
                rows * kept + moreRows,
                cells * kept + moreCells,
                Math.max(largest, moreCells),
                millis == 0 || buildMillis == 0
                        ? buildMillis + millis
                        : buildMillis * KEPT + millis * (1 - KEPT));
    }

    /**
     * How many cells an export may have to stay below some rows.
     *
     * @param assumedRate rows of a cell, as far as can be told without any history
     */
    double cellsOf(long maxRows, double assumedRate) {
        double rate = (ASSUMED_ROWS + rows) / (ASSUMED_ROWS / assumedRate + cells);
        return Math.min(maxRows / rate, Math.max(maxRows / assumedRate, GROWTH * (double) largest));
    }
}
