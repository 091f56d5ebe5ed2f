package io.github.vidicenter.simulator.export;

import io.github.vidicenter.simulator.audience.Contents;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Resolution;
import io.github.vidicenter.simulator.model.Topology;
import io.github.vidicenter.simulator.type.ExportType;
import io.github.vidicenter.simulator.type.ExportTypes;
import io.github.vidicenter.simulator.type.Variant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * What a call asks for (API document, "Mandatory arguments", "Sources", "Optional arguments").
 *
 * @param canonical all parameters but {@code force_rebuild} and {@code status_only}, by name: the
 *     export's identity
 * @param locations all that the sources name, each once
 * @param start local time in seconds as if UTC
 * @param end as given; whether it is inclusive is up to the dialect
 * @param contentIds the only ones wanted; empty: all
 * @param averageContentDuration in seconds; ten where none is given
 */
public record ExportQuery(
        String canonical,
        ExportType type,
        Resolution resolution,
        Variant variant,
        List<Location> locations,
        long start,
        long end,
        Set<String> contentIds,
        double averageContentDuration,
        long extrapolationAmount) {

    private static final Set<String> CONTROLS = Set.of("force_rebuild", "status_only");

    /**
     * @throws BadRequestException 400 for a parameter that is missing or wrong, 403 for a source
     *     that the account does not have
     */
    public static ExportQuery parse(
            Map<String, String> parameters, Topology topology, boolean newEdition) {
        Resolution resolution =
                Resolution.of(required(parameters, "time_resolution"))
                        .orElseThrow(() -> invalid(parameters, "time_resolution"));
        ExportType type = type(parameters, resolution, newEdition);
        long start = time(parameters, "start");
        long end = time(parameters, "end");
        if (end < start) {
            throw bad("end is before start");
        }
        return new ExportQuery(
                canonical(parameters),
                type,
                resolution,
                variant(parameters, newEdition),
                locations(parameters, topology),
                start,
                end,
                contentIds(parameters, type),
                averageContentDuration(parameters),
                extrapolationAmount(parameters, type));
    }

    private static ExportType type(
            Map<String, String> parameters, Resolution resolution, boolean newEdition) {
        String name = required(parameters, "data_type");
        if (!ExportTypes.known(name, newEdition)) {
            throw invalid(parameters, "data_type");
        }
        if (ExportTypes.find(name, resolution, new Variant(newEdition, false)).isEmpty()) {
            throw bad("time_resolution " + resolution.value() + " is not available for " + name);
        }
        return ExportTypes.find(name, resolution, variant(parameters, newEdition))
                .orElseThrow(
                        () ->
                                bad(
                                        "group_by_demographics is not available for "
                                                + name
                                                + " at time_resolution "
                                                + resolution.value()));
    }

    private static Variant variant(Map<String, String> parameters, boolean newEdition) {
        return new Variant(newEdition, parameters.containsKey("group_by_demographics"));
    }

    private static String canonical(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .filter(parameter -> !CONTROLS.contains(parameter.getKey()))
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&"));
    }

    private static List<Location> locations(Map<String, String> parameters, Topology topology) {
        Map<Long, Location> locations = new TreeMap<>();
        select(
                parameters,
                "locations",
                id -> topology.location(id) == null ? List.of() : List.of(topology.location(id)),
                locations);
        select(parameters, "sites", topology::ofSite, locations);
        select(parameters, "location_tags", topology::ofLocationTag, locations);
        select(parameters, "site_tags", topology::ofSiteTag, locations);
        if (locations.isEmpty()) {
            throw bad("one of locations, sites, location_tags, site_tags is required");
        }
        return new ArrayList<>(locations.values());
    }

    private static void select(
            Map<String, String> parameters,
            String name,
            LongFunction<List<Location>> found,
            Map<Long, Location> into) {
        for (String text : list(parameters, name)) {
            long id;
            try {
                id = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw invalid(parameters, name);
            }
            List<Location> locations = found.apply(id);
            if (locations.isEmpty()) {
                throw new BadRequestException(403, "No access to " + name + " " + id);
            }
            locations.forEach(location -> into.put(location.id(), location));
        }
    }

    private static List<String> list(Map<String, String> parameters, String name) {
        return Arrays.stream(parameters.getOrDefault(name, "").split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** "Only works with viewers_apc and the proof of play exports". */
    private static Set<String> contentIds(Map<String, String> parameters, ExportType type) {
        return type.name().equals("viewers_apc") || type.name().startsWith("proof_of_play_")
                ? Set.copyOf(list(parameters, "content_ids"))
                : Set.of();
    }

    private static double averageContentDuration(Map<String, String> parameters) {
        String seconds = parameters.getOrDefault("average_content_duration", "");
        try {
            return seconds.isEmpty() ? Contents.TURN_SECONDS : Double.parseDouble(seconds);
        } catch (NumberFormatException e) {
            throw invalid(parameters, "average_content_duration");
        }
    }

    private static long extrapolationAmount(Map<String, String> parameters, ExportType type) {
        if (!type.name().startsWith("extrapolated_")) {
            return 0;
        }
        // Mandatory, and may be empty (API document, "Extrapolated watchers export").
        String amount = parameters.get("extrapolation_amount");
        if (amount == null) {
            throw bad("extrapolation_amount is required");
        }
        try {
            return amount.isEmpty() ? 0 : Long.parseLong(amount);
        } catch (NumberFormatException e) {
            throw invalid(parameters, "extrapolation_amount");
        }
    }

    private static long time(Map<String, String> parameters, String name) {
        try {
            return Resolution.seconds(LocalDateTime.parse(required(parameters, name)));
        } catch (DateTimeParseException e) {
            throw invalid(parameters, name);
        }
    }

    private static String required(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw bad(name + " is required");
        }
        return value;
    }

    private static BadRequestException invalid(Map<String, String> parameters, String name) {
        return bad("invalid " + name + ": " + parameters.get(name));
    }

    private static BadRequestException bad(String message) {
        return new BadRequestException(400, message);
    }
}
