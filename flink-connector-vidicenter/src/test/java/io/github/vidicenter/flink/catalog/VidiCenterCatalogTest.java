package io.github.vidicenter.flink.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.schema.DataType;
import io.github.vidicenter.flink.window.TimeResolution;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalog as SQL sees it. No server listens: nothing here may ask one. */
class VidiCenterCatalogTest {

    private static final String TOKEN = "s3cr3t";
    private static final String ACCOUNT = "'username' = 'me', 'token' = '" + TOKEN + "'";
    private static final String SCAN =
            " /*+ OPTIONS('locations' = '1056', 'scan.start' = '2018-01-01T00:00:00') */";

    private final TableEnvironment sql =
            TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    @Test
    void databasesAreResolutionsAndTheTopology() {
        create(ACCOUNT);

        assertThat(values("SHOW DATABASES IN vidi"))
                .containsExactlyInAnyOrder(
                        "finest",
                        "5m",
                        "10m",
                        "15m",
                        "30m",
                        "1h",
                        "1d",
                        "7d",
                        "30d",
                        "1M",
                        "topology");
        assertThat(values("SHOW TABLES FROM vidi.topology"))
                .containsExactly(
                        "boxes", "location_tags", "locations", "networks", "site_tags", "sites");
        assertThat(values("SHOW CURRENT DATABASE")).containsExactly("1h");
    }

    @ParameterizedTest
    @EnumSource(TimeResolution.class)
    void tablesAreTheDataTypesThatExistAtTheResolution(TimeResolution resolution) {
        create(ACCOUNT);
        List<String> expected = new ArrayList<>();
        for (DataType type : DataType.all()) {
            if (type.resolutions().contains(resolution)) {
                expected.add(type.id());
            }
        }
        if (resolution.isAggregated()) {
            expected.add("viewers_by_demographics");
        }

        assertThat(values("SHOW TABLES FROM vidi.`" + resolution + "`"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource(TimeResolution.class)
    void everyTableIsDescribedAndPlanned(TimeResolution resolution) {
        create(ACCOUNT + ", 'extrapolation-amount' = '10'");

        for (String table : values("SHOW TABLES FROM vidi.`" + resolution + "`")) {
            String name = "vidi.`" + resolution + "`.`" + table + "`";
            boolean grouped = table.endsWith("_by_demographics") && !table.startsWith("pmp_sales");
            DataType type = DataType.find(table).orElseGet(() -> DataType.find("viewers").get());
            assertThat(values("DESCRIBE " + name))
                    .as(name)
                    .containsExactlyElementsOf(
                            type.columns(resolution, grouped).stream().map(c -> c.name()).toList());
            assertThat(sql.explainSql("SELECT * FROM " + name + SCAN)).contains(table);
        }
    }

    @Test
    void showCreateTableTellsAllButTheCredentials() {
        create(ACCOUNT + ", 'scan.window.delay' = '7 min'");

        assertThat(values("SHOW CREATE TABLE vidi.`1h`.viewers_by_demographics").get(0))
                .contains("COMMENT 'Viewers data, by gender and age'")
                .contains("`location_id` BIGINT NOT NULL")
                .contains(
                        "`dwell_time_in_tenths_of_sec` BIGINT COMMENT 'cumulated dwell time, in"
                                + " tenths of seconds'")
                .contains("WATERMARK FOR `period_start` AS `SOURCE_WATERMARK`()")
                .contains("PRIMARY KEY (`location_id`, `period_start`, `gender`, `age`)")
                .contains("'group-by-demographics' = 'true'")
                .contains("'scan.window.delay' = '7 min'")
                .contains("'time-resolution' = '1h'")
                .doesNotContain("username", "token", TOKEN);
    }

    /** The row of a bucket without data may have none. */
    @Test
    void keysThatAPlaceholderRowNeedNotHaveMakeNoPrimaryKey() {
        create(ACCOUNT);

        for (String key : List.of("gate.gate_id", "proof_of_play_by_location.content_id")) {
            String[] names = key.split("\\.");
            assertThat(values("SHOW CREATE TABLE vidi.`1h`." + names[0]).get(0))
                    .containsPattern("`" + names[1] + "` \\w+(\\(\\d+\\))? COMMENT")
                    .doesNotContain("PRIMARY KEY");
        }
    }

    @Test
    void planTellsNoCredentials() {
        create(ACCOUNT);

        assertThat(sql.explainSql("SELECT * FROM vidi.`1h`.viewers" + SCAN)).doesNotContain(TOKEN);
        assertThatThrownBy(() -> sql.explainSql("SELECT * FROM vidi.`1h`.viewers"))
                .hasStackTraceContaining("Nothing says where the data comes from.")
                .satisfies(
                        thrown -> {
                            for (Throwable t = thrown; t != null; t = t.getCause()) {
                                assertThat(t.getMessage()).doesNotContain(TOKEN);
                            }
                        });
    }

    @Test
    void tableTakesItsDefaultsFromTheCatalog() {
        create(ACCOUNT + ", 'locations' = '1056', 'scan.start' = '2018-01-01T00:00:00'");

        assertThat(sql.explainSql("SELECT watcher_count FROM vidi.`1h`.viewers"))
                .contains("project=[watcher_count, period_start]");
    }

    @Test
    void optionsWithoutEffectOnATableAreNotItsOwn() {
        create(
                ACCOUNT
                        + ", 'content-ids' = 'a', 'average-content-duration' = '10',"
                        + " 'extrapolation-amount' = '', 'scan.window.size' = '10 min',"
                        + " 'scan.window.max-size' = '1 d', 'group-by-demographics' = 'true'");

        assertThat(options("finest", "viewers"))
                .contains("'scan.window.size' = '10 min'", "'scan.window.max-size' = '1 d'")
                .doesNotContain("content", "extrapolation", "demographics");
        assertThat(options("5m", "viewers"))
                .contains("'group-by-demographics' = 'true'", "'scan.window.size' = '10 min'");
        assertThat(options("1h", "viewers")).doesNotContain("scan.window.size");
        assertThat(options("1M", "viewers")).doesNotContain("scan.window");
        assertThat(options("1h", "im")).contains("'average-content-duration' = '10'");
        assertThat(options("finest", "viewers_apc")).contains("'content-ids' = 'a'");
        assertThat(options("1h", "extrapolated_ots")).contains("'extrapolation-amount' = ''");
        assertThat(values("DESCRIBE vidi.`1h`.viewers")).contains("gender");
    }

    @Test
    void tablesAreModelsForOthers() {
        create(ACCOUNT + ", 'scan.start' = '2018-01-01T00:00:00'");

        sql.executeSql(
                "CREATE TABLE default_catalog.default_database.mine (loaded_at TIMESTAMP(3)"
                        + " METADATA FROM 'creation_date') WITH ('username' = 'me', 'token-file' ="
                        + " '/run/token', 'locations' = '1') LIKE vidi.`1h`.viewers");

        assertThat(
                        sql.explainSql(
                                "SELECT loaded_at, watcher_count FROM"
                                        + " default_catalog.default_database.mine"))
                .contains("project=[watcher_count, period_start]", "metadata=[creation_date]");
    }

    @Test
    void credentialsOfAHintGoFirst() {
        create("'username' = 'me', 'token-file' = '/run/token'");

        assertThat(
                        sql.explainSql(
                                "SELECT * FROM vidi.`1h`.viewers /*+ OPTIONS('token' = 'other',"
                                        + " 'locations' = '1') */"))
                .contains("viewers");
    }

    @Test
    void temporaryObjectsHaveTheirPlaceInTheCatalog() {
        create(ACCOUNT);

        sql.executeSql(
                "CREATE TEMPORARY VIEW vidi.`1h`.mine AS SELECT * FROM vidi.`1h`.viewers" + SCAN);

        assertThat(sql.explainSql("SELECT watcher_count FROM vidi.`1h`.mine"))
                .contains("project=[watcher_count, period_start]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE DATABASE vidi.mine",
                "DROP DATABASE vidi.`5m`",
                "ALTER DATABASE vidi.`1h` SET ('a' = 'b')",
                "CREATE TABLE vidi.`1h`.mine (a INT) WITH ('connector' = 'print')",
                "CREATE VIEW vidi.`1h`.mine AS SELECT 1",
                "DROP TABLE vidi.`1h`.viewers",
                "ALTER TABLE vidi.`1h`.viewers RENAME TO watchers",
                "ALTER TABLE vidi.`1h`.viewers SET ('locations' = '1')",
                "CREATE FUNCTION vidi.`1h`.f AS 'a.B'",
            })
    void changesAreRefused(String statement) {
        create(ACCOUNT);

        assertThatThrownBy(() -> sql.executeSql(statement))
                .hasStackTraceContaining("catalog 'vidi' is read-only")
                .hasStackTraceContaining("/*+ OPTIONS('key' = 'value') */");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            'token' = 't'                                              | 'username' is missing.
            'username' = 'me'                                          | Exactly one of 'token' and 'token-file' is needed
            'username' = 'me', 'token' = 't', 'token-file' = '/t'      | Exactly one of 'token' and 'token-file' is needed
            'username' = 'me', 'token' = 't', 'url' = 'http://a.b/'    | 'url'
            'username' = 'me', 'token' = 't', 'location' = '1'         | Did you mean 'locations'?
            'username' = 'me', 'token' = 't', 'data-type' = 'viewers'  | 'data-type' is no option of a catalog
            'username' = 'me', 'token' = 't', 'default-database' = '1m'| 'default-database' = '1m' does not exist.
            'username' = 'me', 'token' = 't', 'poll.min-interval' = 'x'| 'poll.min-interval' can't be read
            """)
    void optionsAreCheckedWhenTheCatalogIsMade(String options, String message) {
        AbstractThrowableAssert<?, ? extends Throwable> refused =
                assertThatThrownBy(() -> create(options));
        refused.isInstanceOf(ValidationException.class).hasStackTraceContaining(message);
    }

    @Test
    void whatIsNotThereIsToldSo() {
        create(ACCOUNT);

        assertThatThrownBy(() -> sql.explainSql("SELECT * FROM vidi.`1h`.viewers_apc"))
                .hasStackTraceContaining("viewers_apc");
        assertThatThrownBy(() -> sql.executeSql("SHOW TABLES FROM vidi.`1m`"))
                .hasStackTraceContaining("1m");
        assertThatThrownBy(() -> sql.executeSql("SHOW PARTITIONS vidi.`1h`.viewers"))
                .hasStackTraceContaining("partition");
    }

    @Test
    void aLookbackIsForTablesThatKeepGoing() {
        create(ACCOUNT + ", 'locations' = '1056', 'scan.refresh.lookback' = '2 d'");

        assertThat(sql.explainSql("SELECT * FROM vidi.`1h`.viewers"))
                .contains("ChangelogNormalize");
        assertThat(sql.explainSql("SELECT * FROM vidi.finest.viewers"))
                .doesNotContain("ChangelogNormalize");
        assertThatThrownBy(
                        () ->
                                sql.explainSql(
                                        "SELECT * FROM vidi.`1h`.viewers /*+ OPTIONS('scan.end' ="
                                                + " 'now') */"))
                .hasStackTraceContaining(
                        "'scan.refresh.lookback' = '2 d' is for scans that keep going, and this"
                                + " one ends, by 'scan.end' or in batch mode");
    }

    @Test
    void locationsMayHaveZonesOfTheirOwn() {
        create(ACCOUNT + ", 'locations' = '1056', 'time-zone' = 'location'");

        assertThat(sql.explainSql("SELECT * FROM vidi.`1h`.viewers")).contains("viewers");
        assertThat(sql.explainSql("SELECT * FROM vidi.topology.locations")).contains("locations");
    }

    private void create(String options) {
        sql.executeSql("CREATE CATALOG vidi WITH ('type' = 'vidicenter', " + options + ")");
        sql.executeSql("USE CATALOG vidi");
    }

    private String options(String database, String table) {
        String statement = values("SHOW CREATE TABLE vidi.`" + database + "`." + table).get(0);
        return statement.substring(statement.indexOf("WITH ("));
    }

    private List<String> values(String statement) {
        List<String> values = new ArrayList<>();
        try (CloseableIterator<Row> rows = sql.executeSql(statement).collect()) {
            rows.forEachRemaining(row -> values.add(String.valueOf(row.getField(0))));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return values;
    }
}
