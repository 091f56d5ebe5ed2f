package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.audience.Contents;
import io.github.vidicenter.simulator.audience.Viewer;
import io.github.vidicenter.simulator.audience.Viewer.ContentView;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code viewers} and {@code viewers_apc} (API document, "Finest viewers export" and after). */
final class ViewerTypes {

    private static final List<String> MOODS =
            List.of("very_happy", "happy", "neutral", "unhappy", "very_unhappy");

    private ViewerTypes() {}

    static List<ExportType> all() {
        return List.of(
                new FinestType<>(
                        "viewers",
                        Variant::plain,
                        "period_start",
                        Audience::viewers,
                        Audience::viewerCount,
                        Viewer::time,
                        (viewer, contents) -> true,
                        finestColumns()),
                new FinestType<>(
                        "viewers_apc",
                        Variant::plain,
                        "start_time",
                        Audience::viewers,
                        Audience::viewerCount,
                        Viewer::time,
                        ViewerTypes::sawOneOf,
                        apcColumns()),
                new AggregatedType("viewers", Groups.NONE, ViewerTypes::count, aggregatedColumns()),
                new AggregatedType(
                        "viewers",
                        Variant::byDemographics,
                        Resolution.AGGREGATED,
                        Scope.LOCATION,
                        AggregatedType.Head.PLAIN,
                        Groups.DEMOGRAPHICS,
                        ViewerTypes::countByDemographics,
                        demographicColumns()));
    }

    /** Adds watchers and OTS to the only group. */
    static void count(Audience audience, Location location, long segment, Tally[] groups) {
        List<Viewer> viewers = audience.viewers(location, segment);
        viewers.forEach(viewer -> add(viewer, groups[0]));
        groups[0].add(Metric.OTS, viewers.size() + audience.passers(location, segment));
    }

    static void countByDemographics(
            Audience audience, Location location, long segment, Tally[] groups) {
        for (Viewer viewer : audience.viewers(location, segment)) {
            add(viewer, groups[Groups.demographic(viewer.gender(), viewer.age())]);
        }
    }

    static void add(Viewer viewer, Tally tally) {
        tally.add(Metric.WATCHERS, 1);
        tally.add(Metric.DWELL, viewer.dwell());
        tally.add(Metric.ATTENTION, viewer.attention());
    }

    static List<Column<Tally>> watcherColumns() {
        return List.of(
                Column.of("watcher_count", t -> t.get(Metric.WATCHERS)),
                Column.of("dwell_time_in_tenths_of_sec", t -> t.get(Metric.DWELL)),
                Column.of("attention_time_in_tenths_of_sec", t -> t.get(Metric.ATTENTION)));
    }

    private static List<Column<Tally>> aggregatedColumns() {
        return Columns.with(
                watcherColumns(),
                Column.of("conversion_ratio", t -> t.ratio(Metric.WATCHERS, Metric.OTS) * 100));
    }

    /** A group without watchers has a count of 0 and null times, as in the printed example. */
    private static List<Column<Tally>> demographicColumns() {
        return List.of(
                Column.<Tally>of("watcher_count", t -> t.get(Metric.WATCHERS)).alsoInPlaceholders(),
                Column.of("dwell_time_in_tenths_of_sec", t -> ifWatched(t, Metric.DWELL)),
                Column.of("attention_time_in_tenths_of_sec", t -> ifWatched(t, Metric.ATTENTION)));
    }

    private static Long ifWatched(Tally tally, Metric metric) {
        return tally.get(Metric.WATCHERS) == 0 ? null : (Long) tally.get(metric);
    }

    private static List<Column<Sighting<Viewer>>> finestColumns() {
        List<Column<Sighting<Viewer>>> columns = new ArrayList<>();
        columns.add(Column.of("gender", s -> (long) s.event().gender()));
        columns.add(Column.of("age", s -> (long) s.event().age()));
        columns.add(Column.of("age_value", s -> ifCore(s, (long) s.event().years())));
        columns.add(Column.of("dwell_time_in_tenths_of_sec", s -> (long) s.event().dwell()));
        columns.add(
                Column.of("attention_time_in_tenths_of_sec", s -> (long) s.event().attention()));
        for (int i = 0; i < MOODS.size(); i++) {
            int mood = i;
            columns.add(Column.of(MOODS.get(mood), s -> ifCore(s, s.event().moods()[mood])));
        }
        columns.add(Column.<Sighting<Viewer>>of("vr_id", s -> s.event().vrId()).inNewEdition());
        columns.add(
                Column.<Sighting<Viewer>>of("footfall_id", s -> s.event().footfallId())
                        .inNewEdition());
        columns.add(
                Column.<Sighting<Viewer>>of("footfall_start", s -> s.event().footfallStart())
                        .inNewEdition());
        return columns;
    }

    private static List<Column<Sighting<Viewer>>> apcColumns() {
        List<Column<Sighting<Viewer>>> columns = new ArrayList<>(finestColumns());
        columns.add(Column.<Sighting<Viewer>>of("contents", s -> contents(s, true)).inOldEdition());
        columns.add(
                Column.<Sighting<Viewer>>of("contents", s -> contents(s, false)).inNewEdition());
        return columns;
    }

    private static List<Map<String, Object>> contents(
            Sighting<Viewer> sighting, boolean withAppId) {
        List<Map<String, Object>> contents = new ArrayList<>();
        for (ContentView view : sighting.event().contents()) {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("content_id", Contents.IDS.get(view.content()));
            if (withAppId) {
                content.put("app_id", Contents.APP_ID);
            }
            content.put("campaign_id", Contents.campaign(view.content()));
            content.put("dwell_time_in_milliseconds", (long) view.dwell());
            content.put("attention_time_in_milliseconds", (long) view.attention());
            for (int mood = 0; mood < MOODS.size(); mood++) {
                content.put(MOODS.get(mood) + "_time", ifCore(sighting, (long) view.moods()[mood]));
            }
            contents.add(content);
        }
        return contents;
    }

    private static boolean sawOneOf(Viewer viewer, Set<String> contentIds) {
        return viewer.contents().stream()
                .anyMatch(
                        view ->
                                contentIds.isEmpty()
                                        || contentIds.contains(Contents.IDS.get(view.content())));
    }

    private static Object ifCore(Sighting<?> sighting, Object value) {
        return sighting.location().core() ? value : null;
    }
}
