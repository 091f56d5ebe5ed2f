package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.model.Resolution;
import java.util.List;
import java.util.Set;

/** A data type at the resolutions where it has one set of columns. */
public interface ExportType {

    /** The value of {@code data_type}. */
    String name();

    Set<Resolution> resolutions();

    Scope scope();

    boolean exists(Variant variant);

    /** The column of the time by which a row belongs to a period; null: date and time apart. */
    default String timeColumn() {
        return "period_start";
    }

    /** Whether the document prints that column's times with a {@code T} rather than a space. */
    boolean printedWithT();

    /** Columns beside id and time that tell rows of a bucket apart; null: rows have no key. */
    List<String> groupColumns();

    /**
     * How many rows an export has at most, at little cost.
     *
     * @param enough where counting may stop
     */
    long estimate(Asked asked, List<Unit> units, long enough);

    /** The rows of a bucket, in a fixed order. */
    List<Row> rows(Asked asked, Unit unit, long bucketStart, long bucketEnd);
}
