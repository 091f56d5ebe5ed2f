package io.github.vidicenter.simulator.api;

import io.github.vidicenter.simulator.export.Dataset;
import io.github.vidicenter.simulator.http.Answer;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Site;
import io.github.vidicenter.simulator.model.Topology;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The topology's lists, whole ones like {@code sites/} and parts like {@code network/1/sites/}
 * (newer edition, "Topology calls", "Tags calls"). Times of uploads are UTC.
 */
final class TopologyAnswers {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final Pattern PATH =
            Pattern.compile(
                    "(?:(network|site|location|site_tag|location_tag)/([^/]+)/)?"
                            + "(networks|sites|locations|boxes|site_tags|location_tags)/");

    private final Topology topology;
    private final Dataset data;

    TopologyAnswers(Topology topology, Dataset data) {
        this.topology = topology;
        this.data = data;
    }

    /**
     * @param path below the API's root, decoded
     * @return null if there is no such list
     */
    Answer answer(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        Predicate<Location> within =
                matcher.group(1) == null
                        ? location -> true
                        : location -> within(location, matcher.group(1), matcher.group(2));
        List<Location> locations = topology.locations().stream().filter(within).toList();
        return Answer.json(list(matcher.group(3), locations));
    }

    private List<Map<String, Object>> list(String name, Collection<Location> locations) {
        Stream<Site> sites =
                locations.stream().map(Location::siteId).distinct().map(topology::site);
        return switch (name) {
            case "networks" ->
                    sites.map(Site::networkId).distinct().map(TopologyAnswers::network).toList();
            case "sites" -> sites.map(this::site).toList();
            case "boxes" -> locations.stream().map(this::box).toList();
            case "site_tags" ->
                    sites.flatMap(site -> site.tags().stream().map(tag -> tag(tag, site)))
                            .distinct()
                            .toList();
            case "location_tags" ->
                    locations.stream()
                            .flatMap(
                                    l ->
                                            l.tags().stream()
                                                    .map(
                                                            tag ->
                                                                    tag(
                                                                            tag,
                                                                            topology.site(
                                                                                    l.siteId()))))
                            .distinct()
                            .toList();
            default -> locations.stream().map(this::location).toList();
        };
    }

    private boolean within(Location location, String kind, String id) {
        Site site = topology.site(location.siteId());
        return switch (kind) {
            case "network" -> id.equals(Long.toString(site.networkId()));
            case "site" -> id.equals(Long.toString(site.id()));
            case "location" -> id.equals(Long.toString(location.id()));
            case "site_tag" -> names(site.tags(), id);
            default -> names(location.tags(), id);
        };
    }

    /** A tag is named by its label there, as in the document's examples, or by its id. */
    private static boolean names(List<Long> tags, String name) {
        return tags.stream()
                .anyMatch(tag -> Objects.equals(name, tag.toString()) || label(tag).equals(name));
    }

    private static Map<String, Object> network(long id) {
        return ordered("id", id, "label", "network-" + id, "active", true);
    }

    private Map<String, Object> site(Site site) {
        return ordered(
                "id",
                site.id(),
                "network_id",
                site.networkId(),
                "label",
                site.label(),
                "active",
                true,
                "description",
                "",
                "address",
                "",
                "venue_type",
                "Retail",
                "venue_subtype",
                "Mall");
    }

    private Map<String, Object> location(Location location) {
        return ordered(
                "id", location.id(),
                "site_id", location.siteId(),
                "box_id", location.boxId(),
                "label", location.label(),
                "active", location.active(),
                "creation_date", time(location.firstUpload()),
                "last_upload_timestamp", time(data.lastUpload(location)),
                "last_timezone", location.offsetSeconds(),
                "last_seen", time(data.now()),
                "last_ots_uploaded", time(data.lastUpload(location)),
                "location_type", "Screen",
                "venue_type", "Retail",
                "description", "");
    }

    private Map<String, Object> box(Location location) {
        return ordered(
                "id", location.boxId(),
                "location_id", location.id(),
                "site_id", location.siteId(),
                "label", "box-" + location.boxId(),
                "active", location.active(),
                "last_upload_timestamp", time(data.lastUpload(location)),
                "box_mac", location.boxId());
    }

    private static Map<String, Object> tag(long id, Site site) {
        return ordered(
                "id",
                id,
                "network_id",
                site.networkId(),
                "label",
                label(id),
                "extrapolation",
                false);
    }

    private static String label(long tag) {
        return "tag-" + tag;
    }

    private static String time(LocalDateTime time) {
        return TIME.format(time);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
