package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.audience.Viewer;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Resolution;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** {@code ots}. In the newer edition two of its keys depend on the resolution. */
final class OtsTypes {

    private static final Set<Resolution> WITH_EFFECTIVE_OTS =
            EnumSet.of(Resolution.H1, Resolution.D1, Resolution.D7, Resolution.MONTH);
    private static final Set<Resolution> WITH_STATUS = EnumSet.of(Resolution.M15);
    private static final Set<Resolution> WITH_NEITHER =
            EnumSet.of(Resolution.M5, Resolution.M10, Resolution.M30, Resolution.D30);

    private OtsTypes() {}

    static List<ExportType> all() {
        Column<Tally> effective =
                Column.of("effective_ots_count", t -> t.get(Metric.EFFECTIVE_OTS));
        Column<Tally> status = Column.of("status", t -> "ok");
        Column<Tally> noStatus = Column.of("status", t -> null);
        return List.of(
                ots(Variant::plainOld, Resolution.AGGREGATED, columns()),
                ots(
                        Variant::plainNew,
                        WITH_EFFECTIVE_OTS,
                        Columns.with(columns(), effective, noStatus)),
                ots(Variant::plainNew, WITH_STATUS, Columns.with(columns(), status)),
                ots(Variant::plainNew, WITH_NEITHER, Columns.with(columns(), noStatus)));
    }

    /** Watchers look, so they were within the effective angle; of the others half were. */
    static void count(Audience audience, Location location, long segment, Tally[] groups) {
        List<Viewer> viewers = audience.viewers(location, segment);
        int passers = audience.passers(location, segment);
        viewers.forEach(viewer -> ViewerTypes.add(viewer, groups[0]));
        groups[0].add(Metric.OTS, viewers.size() + passers);
        groups[0].add(Metric.EFFECTIVE_OTS, viewers.size() + passers / 2);
    }

    static List<Column<Tally>> columns() {
        return List.of(
                Column.of("ots_count", t -> t.get(Metric.OTS)),
                Column.of("duration", t -> t.get(Metric.DURATION)),
                Column.of("watcher_count", t -> t.get(Metric.WATCHERS)));
    }

    private static ExportType ots(
            Predicate<Variant> exists, Set<Resolution> resolutions, List<Column<Tally>> columns) {
        return new AggregatedType(
                "ots",
                exists,
                resolutions,
                Scope.LOCATION,
                AggregatedType.Head.PLAIN,
                Groups.NONE,
                OtsTypes::count,
                columns);
    }
}
