package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.window.TimeResolution;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportRequestTest {

    private static final LocalDateTime START = LocalDateTime.of(2016, 4, 29, 10, 0);
    private static final LocalDateTime END = LocalDateTime.of(2016, 4, 29, 11, 0, 5);

    private static ExportKind kind(
            boolean demographics, String contentIds, String duration, String extrapolation) {
        return new ExportKind(
                "viewers", TimeResolution.HOUR, demographics, contentIds, duration, extrapolation);
    }

    private static ExportRequest request(ExportKind kind, Long... locations) {
        return new ExportRequest(
                kind, Selection.of(Selection.Kind.LOCATIONS, List.of(locations)), START, END);
    }

    @Test
    void writesTheCallOfTheApiDocumentInAFixedOrder() {
        assertThat(request(kind(false, null, null, null), 1056L).canonicalQuery())
                .isEqualTo(
                        "locations=1056&data_type=viewers&start=2016-04-29T10:00:00"
                                + "&end=2016-04-29T11:00:05&time_resolution=1h");
    }

    @Test
    void writesAllKindsOfSources() {
        Selection all =
                new Selection(List.of(2L, 1L), List.of(3L), List.of(5L, 4L), List.of(6L, 6L));
        assertThat(
                        new ExportRequest(kind(false, null, null, null), all, START, END)
                                .canonicalQuery())
                .startsWith("locations=1,2&sites=3&location_tags=4,5&site_tags=6&data_type=");
    }

    @Test
    void sendsOptionalArgumentsOnlyWhenSetAndEncodesThem() {
        assertThat(request(kind(true, "a b,ü&c", "10", ""), 1L).canonicalQuery())
                .endsWith(
                        "&time_resolution=1h&group_by_demographics=1&content_ids=a%20b,%C3%BC%26c"
                                + "&average_content_duration=10&extrapolation_amount=");
    }

    @Test
    void equalRequestsHaveEqualKeys() {
        ExportKind kind = kind(false, null, null, null);
        assertThat(request(kind, 2L, 1L).key()).isEqualTo(request(kind, 1L, 2L, 1L).key());
        assertThat(request(kind, 1L).key()).isNotEqualTo(request(kind, 2L).key());
        assertThat(request(kind, 1L).key())
                .isNotEqualTo(request(kind(true, null, null, null), 1L).key());
    }
}
