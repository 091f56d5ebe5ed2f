package io.github.vidicenter.flink.table;

import static io.github.vidicenter.flink.table.TestTables.COLUMNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.source.VidiCenterSource;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VidiCenterTableSourceTest {

    private static final DataType PROJECTED =
            DataTypes.ROW(DataTypes.FIELD("watcher_count", DataTypes.BIGINT()));

    private static final DataType WITH_METADATA =
            DataTypes.ROW(
                    DataTypes.FIELD("watcher_count", DataTypes.BIGINT()),
                    DataTypes.FIELD("revision", DataTypes.INT()));

    @Test
    void copyKeepsWhatEachAbilityChanged() {
        VidiCenterTableSource source = TestTables.streaming().create(COLUMNS).source();
        assertThat(source.copy()).isNotSameAs(source).isEqualTo(source);

        VidiCenterTableSource before = (VidiCenterTableSource) source.copy();
        source.applyFilters(List.of(watcherCountIs(3), locationIs(1056)));
        assertThat(source.copy()).isEqualTo(source).isNotEqualTo(before);

        before = (VidiCenterTableSource) source.copy();
        source.applyProjection(new int[][] {{2}}, PROJECTED);
        assertThat(source.copy()).isEqualTo(source).isNotEqualTo(before);

        before = (VidiCenterTableSource) source.copy();
        source.applyReadableMetadata(List.of("revision"), WITH_METADATA);
        assertThat(source.copy()).isEqualTo(source).isNotEqualTo(before);

        source.applySourceWatermark();
        assertThat(source.copy()).isEqualTo(source);

        before = (VidiCenterTableSource) source.copy();
        source.applyLimit(10);
        assertThat(source.copy()).isEqualTo(source).isNotEqualTo(before);
    }

    @Test
    void abilitiesAreThoseThatTheTestsApply() {
        assertThat(VidiCenterTableSource.class.getInterfaces())
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder(
                        "ScanTableSource",
                        "SupportsFilterPushDown",
                        "SupportsLimitPushDown",
                        "SupportsProjectionPushDown",
                        "SupportsReadingMetadata",
                        "SupportsSourceWatermark",
                        "SupportsStatisticReport");
    }

    @Test
    void conditionsAreUsedAndLeftToFlink() {
        VidiCenterTableSource source = TestTables.streaming().create(COLUMNS).source();

        SupportsFilterPushDown.Result result =
                source.applyFilters(List.of(watcherCountIs(3), locationIs(1056)));

        assertThat(result.getAcceptedFilters()).containsExactly(locationIs(1056));
        assertThat(result.getRemainingFilters())
                .containsExactly(watcherCountIs(3), locationIs(1056));
    }

    @Test
    void rowsOfAGridAreCounted() {
        VidiCenterTableSource source = TestTables.batch().create(COLUMNS).source();
        assertThat(source.reportStatistics().getRowCount()).isEqualTo(2 * 288);

        source.applyFilters(List.of(locationIs(1056)));
        assertThat(source.reportStatistics().getRowCount()).isEqualTo(288);

        assertThat(
                        TestTables.batch()
                                .create(COLUMNS, "location-tags", "3")
                                .source()
                                .reportStatistics())
                .isEqualTo(TableStats.UNKNOWN);
    }

    @Test
    void lineageNamesTheExportAndNotTheAccount() {
        VidiCenterSource<?> source =
                (VidiCenterSource<?>)
                        provider(TestTables.streaming().create(COLUMNS)).createSource();

        LineageVertex vertex = source.getLineageVertex();

        assertThat(vertex.datasets())
                .singleElement()
                .satisfies(
                        dataset -> {
                            assertThat(dataset.name()).isEqualTo("viewers.5m");
                            assertThat(dataset.namespace())
                                    .isEqualTo("https://vidicenter.quividi.com/api/v1/");
                        });
        assertThat(vertex.toString()).doesNotContain(TestTables.TOKEN);
    }

    private static ResolvedExpression locationIs(long id) {
        return equal("location_id", 0, id);
    }

    private static ResolvedExpression watcherCountIs(long count) {
        return equal("watcher_count", 2, count);
    }

    private static ResolvedExpression equal(String column, int index, long value) {
        return CallExpression.permanent(
                BuiltInFunctionDefinitions.EQUALS,
                List.of(
                        new FieldReferenceExpression(column, DataTypes.BIGINT(), 0, index),
                        new ValueLiteralExpression(value, DataTypes.BIGINT().notNull())),
                DataTypes.BOOLEAN());
    }

    @Test
    void copyIsIndependent() {
        VidiCenterTableSource source = TestTables.streaming().create(COLUMNS).source();
        VidiCenterTableSource copy = (VidiCenterTableSource) source.copy();

        copy.applyProjection(new int[][] {{2}}, PROJECTED);

        assertThat(copy).isNotEqualTo(source);
    }

    @Test
    void producesColumnsThenMetadata() {
        VidiCenterTableSource source = TestTables.streaming().create(COLUMNS).source();

        source.applyProjection(new int[][] {{2}}, PROJECTED);
        source.applyReadableMetadata(List.of("revision"), WITH_METADATA);

        assertThat(producedType(source)).isEqualTo(WITH_METADATA.getLogicalType());
    }

    @Test
    void projectsNothingForCounts() {
        VidiCenterTableSource source = TestTables.streaming().create(COLUMNS).source();

        source.applyProjection(new int[0][], DataTypes.ROW());

        assertThat(producedType(source)).isEqualTo(RowType.of());
    }

    @Test
    void metadataIsPlannedWithNestedProjection() {
        String plan =
                TestTables.streaming()
                        .create(
                                """
                                location_id BIGINT,
                                brand_new ROW<a INT, b ROW<c INT, d INT>>,
                                creation_date TIMESTAMP(3) METADATA,
                                window_start TIMESTAMP(3) METADATA,
                                window_end TIMESTAMP(3) METADATA,
                                revision INT METADATA,
                                `record` STRING METADATA
                                """,
                                "schema.allow-unknown-columns",
                                "true")
                        .explain("SELECT brand_new.b.d, window_end, revision FROM viewers");

        assertThat(plan)
                .contains("project=[brand_new_b_d]")
                .contains("metadata=[window_end, revision]");
    }

    @Test
    void readableMetadata() {
        assertThat(TestTables.streaming().create(COLUMNS).source().listReadableMetadata())
                .hasToString(
                        "{creation_date=TIMESTAMP(3), window_start=TIMESTAMP(3),"
                                + " window_end=TIMESTAMP(3), revision=INT,"
                                + " record=STRING}");
    }

    @Test
    void insertsOnly() {
        assertThat(TestTables.streaming().create(COLUMNS).source().getChangelogMode())
                .isEqualTo(ChangelogMode.insertOnly());
    }

    @Test
    void endAndModeDecideBoundedness() {
        assertThat(provider(TestTables.streaming().create(COLUMNS)).isBounded()).isTrue();
        assertThat(provider(TestTables.streaming().create(COLUMNS, "scan.end", null)).isBounded())
                .isFalse();
        SourceProvider batch = provider(TestTables.batch().create(COLUMNS, "scan.end", null));
        assertThat(batch.isBounded()).isTrue();
        assertThat(batch.createSource().getBoundedness()).isEqualTo(Boundedness.BOUNDED);
    }

    @Test
    void parallelismIsPassedOn() {
        assertThat(provider(TestTables.streaming().create(COLUMNS)).getParallelism()).isEmpty();
        assertThat(
                        provider(TestTables.streaming().create(COLUMNS, "scan.parallelism", "3"))
                                .getParallelism())
                .hasValue(3);
    }

    @Test
    void tokenIsNotShown() {
        VidiCenterTableSource source = TestTables.streaming().create(COLUMNS).source();

        assertThat(source.asSummaryString()).isEqualTo("VidiCenter viewers 5m");
        assertThat(source.toString()).doesNotContain(TestTables.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watcher_start TIMESTAMP(3), WATERMARK FOR watcher_start AS SOURCE_WATERMARK()",
                "loaded_at TIMESTAMP(3) METADATA FROM 'creation_date', WATERMARK FOR loaded_at AS"
                        + " SOURCE_WATERMARK()"
            })
    void sourceWatermarkOfAnotherTimeIsRefused(String columns) {
        VidiCenterTableSource source =
                TestTables.streaming()
                        .create(columns, "data-type", "footfall", "time-resolution", "finest")
                        .source();

        assertThatThrownBy(source::applySourceWatermark)
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("Declare the watermark for 'period_start'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "period_start TIMESTAMP(3), WATERMARK FOR period_start AS SOURCE_WATERMARK()",
                "period_start TIMESTAMP_LTZ(3), WATERMARK FOR period_start AS SOURCE_WATERMARK()",
                "period_start STRING, t AS TO_TIMESTAMP(period_start), WATERMARK FOR t AS"
                        + " SOURCE_WATERMARK()",
                "e TIMESTAMP(3) METADATA FROM 'window_end', WATERMARK FOR e AS SOURCE_WATERMARK()",
                "period_start TIMESTAMP(3)"
            })
    void sourceWatermarkOfTheStartIsTaken(String columns) {
        VidiCenterTableSource source = TestTables.streaming().create(columns).source();

        assertThatCode(source::applySourceWatermark).doesNotThrowAnyException();
    }

    private static SourceProvider provider(TestTables tables) {
        return (SourceProvider)
                tables.source().getScanRuntimeProvider(ScanRuntimeProviderContext.INSTANCE);
    }

    private static RowType producedType(VidiCenterTableSource source) {
        SourceProvider provider =
                (SourceProvider) source.getScanRuntimeProvider(ScanRuntimeProviderContext.INSTANCE);
        return ((InternalTypeInfo<?>)
                        ((org.apache.flink.api.java.typeutils.ResultTypeQueryable<?>)
                                        provider.createSource())
                                .getProducedType())
                .toRowType();
    }
}
