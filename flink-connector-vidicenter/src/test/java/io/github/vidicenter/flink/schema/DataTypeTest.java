package io.github.vidicenter.flink.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.Selection.Kind;
import io.github.vidicenter.flink.window.TimeResolution;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.junit.jupiter.api.Test;

class DataTypeTest {

    @Test
    void findsDocumentedTypesOnly() {
        assertThat(type("viewers").id()).isEqualTo("viewers");
        assertThat(DataType.find("Viewers")).isEmpty();
        assertThat(DataType.find("persons")).isEmpty();
    }

    @Test
    void columnsDependOnResolutionAndGrouping() {
        DataType viewers = type("viewers");

        assertThat(names(viewers, TimeResolution.FINEST, false))
                .startsWith("location_id", "period_start", "period_start_date", "period_start_time")
                .contains("age_value", "very_unhappy", "footfall_start")
                .doesNotContain("watcher_count");
        assertThat(names(viewers, TimeResolution.HOUR, false))
                .contains("watcher_count", "conversion_ratio")
                .doesNotContain("gender", "age");
        assertThat(names(viewers, TimeResolution.MONTH, true))
                .contains("watcher_count", "gender", "age")
                .doesNotContain("conversion_ratio");
    }

    @Test
    void aTypeHasNoColumnsWhereItDoesNotExist() {
        assertThat(type("ots").columns(TimeResolution.FINEST, false)).isEmpty();
        assertThat(type("ots").columns(TimeResolution.HOUR, true)).isEmpty();
    }

    @Test
    void viewersWithContentNestTheContents() {
        Column contents =
                type("viewers_apc").columns(TimeResolution.FINEST, false).stream()
                        .filter(column -> column.name().equals("contents"))
                        .findFirst()
                        .orElseThrow();

        assertThat(contents.type().getTypeRoot()).isEqualTo(LogicalTypeRoot.ARRAY);
        assertThat(contents.type().getChildren().get(0).getChildren()).hasSize(10);
        assertThat(names(type("viewers_apc"), TimeResolution.FINEST, false))
                .contains("period_start", "start_time");
    }

    @Test
    void aggregatesHaveANaturalKeyAndFormAGrid() {
        DataType viewers = type("viewers");

        assertThat(viewers.naturalKey(TimeResolution.DAY, false))
                .containsExactly("location_id", "period_start");
        assertThat(viewers.naturalKey(TimeResolution.DAY, true))
                .containsExactly("location_id", "period_start", "gender", "age");
        assertThat(viewers.naturalKey(TimeResolution.FINEST, false)).isEmpty();
        assertThat(viewers.grid(TimeResolution.DAY, false)).isTrue();
        assertThat(viewers.grid(TimeResolution.DAY, true)).isTrue();
        assertThat(viewers.grid(TimeResolution.FINEST, false)).isFalse();
    }

    @Test
    void onlyPureListsOfLocationsOrSitesAreDivided() {
        assertThat(Arrays.stream(Kind.values()).filter(type("viewers")::divisible))
                .containsExactly(Kind.LOCATIONS, Kind.SITES);
    }

    @Test
    void anUnknownTypeTakesEverythingAndPromisesNothing() {
        DataType unknown = DataType.unknown("crowds");

        assertThat(unknown.isKnown()).isFalse();
        assertThat(unknown.resolutions()).containsExactly(TimeResolution.values());
        assertThat(unknown.columns(TimeResolution.HOUR, false)).isEmpty();
        assertThat(unknown.naturalKey(TimeResolution.HOUR, true)).isEmpty();
        assertThat(unknown.grid(TimeResolution.HOUR, false)).isFalse();
        assertThat(unknown.demographicsAllowed(TimeResolution.HOUR)).isTrue();
        assertThat(unknown.contentIdsAllowed()).isTrue();
        assertThat(unknown.extrapolationAllowed()).isTrue();
        assertThat(unknown.extrapolationRequired()).isFalse();
        assertThat(Arrays.stream(Kind.values()).filter(unknown::divisible)).isEmpty();
    }

    private static DataType type(String id) {
        return DataType.find(id).orElseThrow();
    }

    private static List<String> names(
            DataType type, TimeResolution resolution, boolean byDemographics) {
        return type.columns(resolution, byDemographics).stream().map(Column::name).toList();
    }
}
