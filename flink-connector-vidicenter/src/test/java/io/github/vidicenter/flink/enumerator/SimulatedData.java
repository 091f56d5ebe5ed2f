package io.github.vidicenter.flink.enumerator;

import static io.github.vidicenter.flink.window.LocalTimes.fromMillis;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.reader.Deliveries.Download;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * The data of a {@link SimulatedJob}'s account: a row for each location every 20 minutes, whose
 * value late uploads change. Exports hold what is there when they are built; those that were begun
 * to be emitted may be built anew before the next download.
 */
final class SimulatedData {

    static final long STEP = 20 * 60_000;

    /** A row's place. */
    record Place(long location, long time) {}

    /** Few, so that one may come back to what it was before. */
    private static final int VALUES = 3;

    private static final LocalDateTime FIRST_BUILD = LocalDateTime.parse("2024-03-04T00:00:00");

    private final List<Long> locations;
    private final Random random;
    private final Map<Place, Integer> values = new HashMap<>();
    private final Map<String, Download> built = new HashMap<>();
    private final Map<Long, Long> lastUploads = new HashMap<>();
    private int builds;

    SimulatedData(List<Long> locations, Random random) {
        this.locations = locations;
        this.random = random;
    }

    /** All places before a local time. */
    List<Place> places(long start, long end) {
        return places(locations, start, end);
    }

    static List<Place> places(Selection selection, long start, long end) {
        return places(selection.ids(Selection.Kind.LOCATIONS), start, end);
    }

    private static List<Place> places(List<Long> locations, long start, long end) {
        List<Place> places = new ArrayList<>();
        for (long location : locations) {
            for (long time = start; time < end; time += STEP) {
                places.add(new Place(location, time));
            }
        }
        return places;
    }

    int value(Place place) {
        return values.getOrDefault(place, 0);
    }

    /** Some rows of a location change. */
    void upload(long start, long end, Instant now) {
        long location = locations.get(random.nextInt(locations.size()));
        lastUploads.put(location, now.getEpochSecond());
        places(List.of(location), start, end).stream()
                .filter(place -> random.nextInt(4) == 0)
                .forEach(place -> values.put(place, random.nextInt(VALUES)));
    }

    /** The list of locations. */
    String topology() {
        return locations.stream()
                .map(
                        id ->
                                lastUploads.containsKey(id)
                                        ? "{\"id\":%d,\"last_upload_timestamp\":\"%s\"}"
                                                .formatted(
                                                        id,
                                                        Instant.ofEpochSecond(lastUploads.get(id)))
                                        : "{\"id\":%d}".formatted(id))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** The export of a split: the same as before if some of its rows are out, mostly. */
    Download download(ExportSplit split) {
        ExportPart part = split.parts().get(0);
        Download before = built.get(split.splitId());
        boolean cached = !part.emitted().isEmpty() && before != null && random.nextInt(3) > 0;
        Download download =
                cached
                        ? new Download(shuffled(before.json()), before.creationDate())
                        : new Download(build(part), FIRST_BUILD.plusSeconds(++builds).toString());
        built.put(split.splitId(), download);
        return download;
    }

    /** The end is inclusive, as the server takes it. */
    private byte[] build(ExportPart part) {
        List<String> rows = new ArrayList<>();
        for (Place place : places(part.selection(), part.start(), part.end() + 1)) {
            rows.add(
                    "{\"location_id\":%d,\"period_start\":\"%s\",\"watcher_count\":%d}"
                            .formatted(place.location(), fromMillis(place.time()), value(place)));
        }
        return json(rows);
    }

    private byte[] shuffled(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        return json(
                new ArrayList<>(
                        List.of(
                                text.substring(text.indexOf('[') + 1, text.indexOf(']'))
                                        .split("(?<=\\}),"))));
    }

    private byte[] json(List<String> rows) {
        Collections.shuffle(rows, random);
        return ("{\"data\":[" + String.join(",", rows) + "]}").getBytes(StandardCharsets.UTF_8);
    }
}
