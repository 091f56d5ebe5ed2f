package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.model.Resolution;
import java.util.List;

/** {@code extrapolated_watchers} and {@code extrapolated_ots}: averages of all that is selected. */
final class ExtrapolatedTypes {

    private ExtrapolatedTypes() {}

    static List<ExportType> all() {
        return List.of(
                extrapolated(
                        "extrapolated_watchers", ViewerTypes::count, ViewerTypes.watcherColumns()),
                extrapolated("extrapolated_ots", OtsTypes::count, OtsTypes.columns()));
    }

    private static ExportType extrapolated(
            String name, AggregatedType.Counting counting, List<Column<Tally>> columns) {
        return new AggregatedType(
                name,
                Variant::plain,
                Resolution.AGGREGATED,
                Scope.SELECTION,
                AggregatedType.Head.PLAIN,
                Groups.NONE,
                counting,
                columns);
    }
}
