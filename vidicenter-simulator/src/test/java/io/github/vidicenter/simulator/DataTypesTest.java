package io.github.vidicenter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every export of the API document, in both editions, has its keys; no other is answered. */
class DataTypesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TIMES =
            Set.of("period_start", "start_time", "watcher_start", "footfall_start");

    private static final VidiCenterSimulator SERVER =
            VidiCenterSimulator.builder()
                    .locations(1056, 1057)
                    .buildTime(BuildTime.NONE)
                    .limits(Limits.NONE)
                    .start();
    private static final Client CLIENT = new Client(SERVER);

    @AfterAll
    static void close() {
        SERVER.close();
    }

    static List<DocumentedExport> exports() {
        return DocumentedExport.all();
    }

    @ParameterizedTest
    @MethodSource("exports")
    void hasTheDocumentedKeysAndServesTheTruth(DocumentedExport export) throws Exception {
        speak(export.newEdition());
        String query = export.call() + "&start=2024-03-04T09:00:00";
        String call = "data/?force_rebuild&" + query + "&end=2024-03-04T11:59:59";
        CLIENT.json(call);
        List<Map<String, Object>> served = new ArrayList<>();
        for (JsonNode row : CLIENT.json(call.replace("force_rebuild&", "")).path("data")) {
            served.add(decoded(row));
        }

        assertThat(served).isNotEmpty();
        Set<String> seen = new TreeSet<>();
        for (Map<String, Object> row : served) {
            assertThat(row.keySet()).containsAll(export.keys());
            seen.addAll(row.keySet());
        }
        Set<String> all = new TreeSet<>(export.keys());
        all.addAll(export.optional());
        assertThat(seen).isEqualTo(all);
        for (String optional : export.optional()) {
            assertThat(served).anyMatch(row -> !row.containsKey(optional));
        }

        assertThat(served)
                .containsExactlyInAnyOrderElementsOf(
                        SERVER.truth(parameters(query + "&end=2024-03-04T12:00:00")).toList());
    }

    @Test
    void whatIsNotDocumentedIsAnswered400() throws Exception {
        List<DocumentedExport> documented = exports();
        Set<String> exist =
                documented.stream().map(DocumentedExport::toString).collect(Collectors.toSet());
        Set<String> types =
                documented.stream().map(DocumentedExport::dataType).collect(Collectors.toSet());
        List<String> resolutions = new ArrayList<>(DocumentedExport.AGGREGATED);
        resolutions.add("finest");
        int refused = 0;
        for (boolean newEdition : new boolean[] {false, true}) {
            speak(newEdition);
            for (String type : types) {
                for (String resolution : resolutions) {
                    for (boolean byDemographics : new boolean[] {false, true}) {
                        DocumentedExport export =
                                new DocumentedExport(
                                        type,
                                        resolution,
                                        newEdition,
                                        byDemographics,
                                        Set.of(),
                                        Set.of());
                        if (!exist.contains(export.toString())) {
                            assertThat(status(export.call())).as(export.toString()).isEqualTo(400);
                            refused++;
                        }
                    }
                }
            }
        }
        assertThat(types).hasSize(27);
        assertThat(refused).isEqualTo(types.size() * 10 * 2 * 2 - exist.size());
    }

    @Test
    void aRefusalSaysWhatIsWrong() throws Exception {
        speak(false);
        assertThat(message("data_type=content_plays&time_resolution=1h"))
                .contains("invalid data_type: content_plays");
        assertThat(message("data_type=im&time_resolution=5m"))
                .contains("time_resolution 5m is not available for im");
        assertThat(message("data_type=ots&time_resolution=5m&group_by_demographics=1"))
                .contains("group_by_demographics is not available for ots");
        assertThat(message("data_type=extrapolated_ots&time_resolution=5m"))
                .contains("extrapolation_amount is required");
        assertThat(message("data_type=im&time_resolution=1h&average_content_duration=x"))
                .contains("invalid average_content_duration: x");
        speak(true);
        assertThat(message("data_type=im_ccs&time_resolution=1h"))
                .contains("invalid data_type: im_ccs");
    }

    private static void speak(boolean newEdition) {
        SERVER.dialect(newEdition ? new Dialect[] {Dialect.NEW_EDITION} : new Dialect[0]);
    }

    private static int status(String query) throws Exception {
        return CLIENT.status(
                "data/?" + query + "&start=2024-03-04T09:00:00&end=2024-03-04T10:00:00");
    }

    private static String message(String query) throws Exception {
        return CLIENT.get(
                        "data/?locations=1056&start=2024-03-04T09:00:00&end=2024-03-04T10:00:00&"
                                + query)
                .body();
    }

    private static Map<String, String> parameters(String query) {
        return List.of(query.split("&")).stream()
                .collect(
                        Collectors.toMap(
                                p -> p.substring(0, p.indexOf('=')),
                                p -> p.substring(p.indexOf('=') + 1)));
    }

    /** A row as {@code truth} tells it: times as such, all integers {@code Long}. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> decoded(JsonNode row) throws Exception {
        Map<String, Object> values =
                JSON.readerFor(Map.class)
                        .with(
                                com.fasterxml.jackson.databind.DeserializationFeature
                                        .USE_LONG_FOR_INTS)
                        .readValue(row);
        values.replaceAll(
                (key, value) -> {
                    if (value instanceof String text && TIMES.contains(key)) {
                        return LocalDateTime.parse(text.replace(' ', 'T'));
                    }
                    return switch (key) {
                        case "period_start_date" -> LocalDate.parse((String) value);
                        case "period_start_time" -> LocalTime.parse((String) value);
                        default -> value;
                    };
                });
        return values;
    }
}
