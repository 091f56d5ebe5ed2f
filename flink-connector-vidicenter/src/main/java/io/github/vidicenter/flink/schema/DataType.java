package io.github.vidicenter.flink.schema;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.window.TimeResolution;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A value of {@code data_type} and what is known of it (API document, "Mandatory arguments" and
 * "Data formats", in its printed and its newer edition). The descriptions are data: the JSON files
 * beside this class, one per family of exports, see {@link DescriptionFiles}.
 */
public final class DataType {

    /** What one row of an export stands for. */
    enum Source {
        LOCATION,
        SITE,
        /** All that was asked for together, as in {@code extrapolated_*}. */
        WHOLE
    }

    /** Optional arguments of exports, apart from {@code group_by_demographics}. */
    enum Argument {
        CONTENT_IDS,
        AVERAGE_CONTENT_DURATION,
        EXTRAPOLATION_AMOUNT
    }

    private static final Set<String> GRID_KEY =
            Set.of("location_id", "site_id", "period_start", "gender", "age");

    private static final Map<String, DataType> KNOWN = DescriptionFiles.readAll();

    private final String id;
    private final String description;
    private final Source source;
    private final Set<Argument> arguments;
    private final List<ExportLayout> layouts;
    private final boolean known;

    DataType(
            String id,
            String description,
            Source source,
            Set<Argument> arguments,
            List<ExportLayout> layouts) {
        this(id, description, source, arguments, layouts, true);
    }

    private DataType(
            String id,
            String description,
            Source source,
            Set<Argument> arguments,
            List<ExportLayout> layouts,
            boolean known) {
        this.id = id;
        this.description = description;
        this.source = source;
        this.arguments = arguments;
        this.layouts = layouts;
        this.known = known;
    }

    /** The documented data type of that id; empty for any other. */
    public static Optional<DataType> find(String id) {
        return Optional.ofNullable(KNOWN.get(id));
    }

    /** All documented data types, sorted by id. */
    public static List<DataType> all() {
        return List.copyOf(KNOWN.values());
    }

    /**
     * A data type that is newer than the connector, for {@code schema.allow-unknown-columns}: it
     * takes every resolution and argument, has no columns of its own and no natural key, and is
     * never divided, since its rows may be averages over all that was asked for.
     */
    public static DataType unknown(String id) {
        ExportLayout anything =
                new ExportLayout(
                        EnumSet.allOf(TimeResolution.class),
                        Set.of(true, false),
                        List.of(),
                        List.of());
        return new DataType(
                id,
                "Not documented",
                Source.WHOLE,
                EnumSet.allOf(Argument.class),
                List.of(anything),
                false);
    }

    /** As the API writes it. */
    public String id() {
        return id;
    }

    /** One sentence, as in the API document's list of values. */
    public String description() {
        return description;
    }

    /** Whether the type is documented; false for {@link #unknown}. */
    public boolean isKnown() {
        return known;
    }

    /** The resolutions at which the type exists, finest first. */
    public Set<TimeResolution> resolutions() {
        return layouts.stream()
                .flatMap(layout -> layout.resolutions().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TimeResolution.class)));
    }

    /** Whether {@code group_by_demographics} has an effect at that resolution. */
    public boolean demographicsAllowed(TimeResolution resolution) {
        return layouts.stream().anyMatch(layout -> layout.covers(resolution, true));
    }

    public boolean contentIdsAllowed() {
        return arguments.contains(Argument.CONTENT_IDS);
    }

    public boolean averageContentDurationAllowed() {
        return arguments.contains(Argument.AVERAGE_CONTENT_DURATION);
    }

    public boolean extrapolationAllowed() {
        return arguments.contains(Argument.EXTRAPOLATION_AMOUNT);
    }

    /** Whether requests must carry {@code extrapolation_amount}, be it empty. */
    public boolean extrapolationRequired() {
        return known && extrapolationAllowed();
    }

    /**
     * Whether an export for a list of that kind may be cut into exports for parts of the list. A
     * site's row needs all the site's locations, an extrapolation everything; tags may overlap.
     */
    public boolean divisible(Selection.Kind kind) {
        return switch (kind) {
            case LOCATIONS -> source == Source.LOCATION;
            case SITES -> source != Source.WHOLE;
            case LOCATION_TAGS, SITE_TAGS -> false;
        };
    }

    /** The column with the id of the source; empty where rows stand for all that was asked for. */
    public Optional<String> idColumn() {
        return switch (source) {
            case LOCATION -> Optional.of("location_id");
            case SITE -> Optional.of("site_id");
            case WHOLE -> Optional.empty();
        };
    }

    /**
     * The keys that rows may have, listed or printed by either edition of the API document, in
     * reading order. Empty for an unknown type, and where the type does not exist at the
     * resolution.
     */
    public List<Column> columns(TimeResolution resolution, boolean byDemographics) {
        return layout(resolution, byDemographics).map(ExportLayout::columns).orElse(List.of());
    }

    /**
     * Names of the columns whose values tell the rows of an export apart; empty where identical
     * keys may come twice, as in {@code finest} exports.
     */
    public List<String> naturalKey(TimeResolution resolution, boolean byDemographics) {
        return layout(resolution, byDemographics).map(ExportLayout::naturalKey).orElse(List.of());
    }

    /**
     * Whether rows form a full grid, so that a re-read export replaces all rows of an earlier one:
     * aggregates keyed by location or site, {@code period_start} and, where present, gender and
     * age.
     */
    public boolean grid(TimeResolution resolution, boolean byDemographics) {
        List<String> key = naturalKey(resolution, byDemographics);
        return source != Source.WHOLE
                && resolution.isAggregated()
                && !key.isEmpty()
                && GRID_KEY.containsAll(key);
    }

    private Optional<ExportLayout> layout(TimeResolution resolution, boolean byDemographics) {
        return layouts.stream()
                .filter(layout -> layout.covers(resolution, byDemographics))
                .findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
