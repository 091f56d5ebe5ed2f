package io.github.vidicenter.flink.source;

import io.github.vidicenter.flink.config.ConfigReader;
import io.github.vidicenter.flink.config.DeclaredColumns;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.config.VidiCenterOptions;
import io.github.vidicenter.flink.format.FieldSource;
import io.github.vidicenter.flink.format.RowDataDeserializer;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import io.github.vidicenter.flink.reader.RowTimes;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * Builds a {@link VidiCenterSource}. Each setter sets the option of its name, as in SQL, see {@link
 * VidiCenterOptions} for meanings, units and defaults. Nothing is checked before {@link #build()}.
 *
 * <p>Without {@link #setScanEnd} the source keeps going.
 *
 * @param <T> class of the records
 */
@PublicEvolving
public final class VidiCenterSourceBuilder<T> {

    final Configuration options = new Configuration();
    private Function<VidiCenterConfig, VidiCenterSource<T>> source;

    VidiCenterSourceBuilder() {}

    /** Sets {@link VidiCenterOptions#URL}. */
    public VidiCenterSourceBuilder<T> setUrl(String url) {
        return setOption(VidiCenterOptions.URL, url);
    }

    /** Sets {@link VidiCenterOptions#USERNAME}. */
    public VidiCenterSourceBuilder<T> setUsername(String username) {
        return setOption(VidiCenterOptions.USERNAME, username);
    }

    /** Sets {@link VidiCenterOptions#TOKEN}. */
    public VidiCenterSourceBuilder<T> setToken(String token) {
        return setOption(VidiCenterOptions.TOKEN, token);
    }

    /** Sets {@link VidiCenterOptions#TOKEN_FILE}. */
    public VidiCenterSourceBuilder<T> setTokenFile(String path) {
        return setOption(VidiCenterOptions.TOKEN_FILE, path);
    }

    /** Sets {@link VidiCenterOptions#DATA_TYPE}. */
    public VidiCenterSourceBuilder<T> setDataType(String dataType) {
        return setOption(VidiCenterOptions.DATA_TYPE, dataType);
    }

    /** Sets {@link VidiCenterOptions#TIME_RESOLUTION}. */
    public VidiCenterSourceBuilder<T> setTimeResolution(String resolution) {
        return setOption(VidiCenterOptions.TIME_RESOLUTION, resolution);
    }

    /** Sets {@link VidiCenterOptions#LOCATIONS}. */
    public VidiCenterSourceBuilder<T> setLocations(long... ids) {
        return setOption(VidiCenterOptions.LOCATIONS, ids(ids));
    }

    /** Sets {@link VidiCenterOptions#LOCATIONS}. */
    public VidiCenterSourceBuilder<T> setLocations(String ids) {
        return setOption(VidiCenterOptions.LOCATIONS, ids);
    }

    /** Sets {@link VidiCenterOptions#SITES}. */
    public VidiCenterSourceBuilder<T> setSites(long... ids) {
        return setOption(VidiCenterOptions.SITES, ids(ids));
    }

    /** Sets {@link VidiCenterOptions#SITES}. */
    public VidiCenterSourceBuilder<T> setSites(String ids) {
        return setOption(VidiCenterOptions.SITES, ids);
    }

    /** Sets {@link VidiCenterOptions#LOCATION_TAGS}. */
    public VidiCenterSourceBuilder<T> setLocationTags(long... ids) {
        return setOption(VidiCenterOptions.LOCATION_TAGS, ids(ids));
    }

    /** Sets {@link VidiCenterOptions#LOCATION_TAGS}. */
    public VidiCenterSourceBuilder<T> setLocationTags(String ids) {
        return setOption(VidiCenterOptions.LOCATION_TAGS, ids);
    }

    /** Sets {@link VidiCenterOptions#SITE_TAGS}. */
    public VidiCenterSourceBuilder<T> setSiteTags(long... ids) {
        return setOption(VidiCenterOptions.SITE_TAGS, ids(ids));
    }

    /** Sets {@link VidiCenterOptions#SITE_TAGS}. */
    public VidiCenterSourceBuilder<T> setSiteTags(String ids) {
        return setOption(VidiCenterOptions.SITE_TAGS, ids);
    }

    /** Sets {@link VidiCenterOptions#GROUP_BY_DEMOGRAPHICS}. */
    public VidiCenterSourceBuilder<T> setGroupByDemographics(boolean group) {
        return setOption(VidiCenterOptions.GROUP_BY_DEMOGRAPHICS, group);
    }

    /** Sets {@link VidiCenterOptions#CONTENT_IDS}. */
    public VidiCenterSourceBuilder<T> setContentIds(String ids) {
        return setOption(VidiCenterOptions.CONTENT_IDS, ids);
    }

    /** Sets {@link VidiCenterOptions#AVERAGE_CONTENT_DURATION}. */
    public VidiCenterSourceBuilder<T> setAverageContentDuration(String duration) {
        return setOption(VidiCenterOptions.AVERAGE_CONTENT_DURATION, duration);
    }

    /** Sets {@link VidiCenterOptions#EXTRAPOLATION_AMOUNT}. */
    public VidiCenterSourceBuilder<T> setExtrapolationAmount(String amount) {
        return setOption(VidiCenterOptions.EXTRAPOLATION_AMOUNT, amount);
    }

    /** Sets {@link VidiCenterOptions#SCAN_START}. */
    public VidiCenterSourceBuilder<T> setScanStart(String start) {
        return setOption(VidiCenterOptions.SCAN_START, start);
    }

    /** Sets {@link VidiCenterOptions#SCAN_END}. */
    public VidiCenterSourceBuilder<T> setScanEnd(String end) {
        return setOption(VidiCenterOptions.SCAN_END, end);
    }

    /** Sets {@link VidiCenterOptions#SCAN_WINDOW_SIZE}. */
    public VidiCenterSourceBuilder<T> setScanWindowSize(Duration size) {
        return setOption(VidiCenterOptions.SCAN_WINDOW_SIZE, size);
    }

    /** Sets {@link VidiCenterOptions#SCAN_WINDOW_MAX_SIZE}. */
    public VidiCenterSourceBuilder<T> setScanWindowMaxSize(Duration size) {
        return setOption(VidiCenterOptions.SCAN_WINDOW_MAX_SIZE, size);
    }

    /** Sets {@link VidiCenterOptions#SCAN_WINDOW_DELAY}. */
    public VidiCenterSourceBuilder<T> setScanWindowDelay(Duration delay) {
        return setOption(VidiCenterOptions.SCAN_WINDOW_DELAY, delay);
    }

    /** Sets {@link VidiCenterOptions#SCAN_WINDOW_UPLOAD_TIMEOUT}. */
    public VidiCenterSourceBuilder<T> setScanWindowUploadTimeout(Duration timeout) {
        return setOption(VidiCenterOptions.SCAN_WINDOW_UPLOAD_TIMEOUT, timeout);
    }

    /** Sets {@link VidiCenterOptions#SCAN_LOCATIONS_PER_EXPORT}. */
    public VidiCenterSourceBuilder<T> setScanLocationsPerExport(int locations) {
        return setOption(VidiCenterOptions.SCAN_LOCATIONS_PER_EXPORT, String.valueOf(locations));
    }

    /**
     * Windows that changed come again, with a higher {@code revision}; a {@code RowData} is then of
     * kind {@code UPDATE_AFTER}.
     *
     * @see VidiCenterOptions#SCAN_REFRESH_LOOKBACK
     */
    public VidiCenterSourceBuilder<T> setScanRefreshLookback(Duration lookback) {
        return setOption(VidiCenterOptions.SCAN_REFRESH_LOOKBACK, lookback);
    }

    /** Sets {@link VidiCenterOptions#SCAN_REFRESH_INTERVAL}. */
    public VidiCenterSourceBuilder<T> setScanRefreshInterval(Duration interval) {
        return setOption(VidiCenterOptions.SCAN_REFRESH_INTERVAL, interval);
    }

    /** Sets {@link VidiCenterOptions#TIME_ZONE}. */
    public VidiCenterSourceBuilder<T> setTimeZone(String zone) {
        return setOption(VidiCenterOptions.TIME_ZONE, zone);
    }

    /** Sets {@link VidiCenterOptions#POLL_MIN_INTERVAL}. */
    public VidiCenterSourceBuilder<T> setPollMinInterval(Duration interval) {
        return setOption(VidiCenterOptions.POLL_MIN_INTERVAL, interval);
    }

    /** Sets {@link VidiCenterOptions#POLL_MAX_INTERVAL}. */
    public VidiCenterSourceBuilder<T> setPollMaxInterval(Duration interval) {
        return setOption(VidiCenterOptions.POLL_MAX_INTERVAL, interval);
    }

    /** Sets {@link VidiCenterOptions#EXPORT_TIMEOUT}. */
    public VidiCenterSourceBuilder<T> setExportTimeout(Duration timeout) {
        return setOption(VidiCenterOptions.EXPORT_TIMEOUT, timeout);
    }

    /** Sets {@link VidiCenterOptions#EXPORT_MAX_ATTEMPTS}. */
    public VidiCenterSourceBuilder<T> setExportMaxAttempts(int attempts) {
        return setOption(VidiCenterOptions.EXPORT_MAX_ATTEMPTS, attempts);
    }

    /** Sets {@link VidiCenterOptions#EXPORT_ON_FAILURE}. */
    public VidiCenterSourceBuilder<T> setExportOnFailure(String action) {
        return setOption(VidiCenterOptions.EXPORT_ON_FAILURE, action);
    }

    /** Sets {@link VidiCenterOptions#EXPORT_REUSE_CACHED}. */
    public VidiCenterSourceBuilder<T> setExportReuseCached(boolean reuse) {
        return setOption(VidiCenterOptions.EXPORT_REUSE_CACHED, reuse);
    }

    /** Sets {@link VidiCenterOptions#QUOTA_REQUESTS_PER_MINUTE}. */
    public VidiCenterSourceBuilder<T> setQuotaRequestsPerMinute(int requests) {
        return setOption(VidiCenterOptions.QUOTA_REQUESTS_PER_MINUTE, requests);
    }

    /** Sets {@link VidiCenterOptions#QUOTA_CONCURRENT_EXPORTS}. */
    public VidiCenterSourceBuilder<T> setQuotaConcurrentExports(int exports) {
        return setOption(VidiCenterOptions.QUOTA_CONCURRENT_EXPORTS, exports);
    }

    /** Sets {@link VidiCenterOptions#QUOTA_CONNECTIONS}. */
    public VidiCenterSourceBuilder<T> setQuotaConnections(int connections) {
        return setOption(VidiCenterOptions.QUOTA_CONNECTIONS, connections);
    }

    /** Sets {@link VidiCenterOptions#HTTP_CONNECT_TIMEOUT}. */
    public VidiCenterSourceBuilder<T> setHttpConnectTimeout(Duration timeout) {
        return setOption(VidiCenterOptions.HTTP_CONNECT_TIMEOUT, timeout);
    }

    /** Sets {@link VidiCenterOptions#HTTP_REQUEST_TIMEOUT}. */
    public VidiCenterSourceBuilder<T> setHttpRequestTimeout(Duration timeout) {
        return setOption(VidiCenterOptions.HTTP_REQUEST_TIMEOUT, timeout);
    }

    /** Sets {@link VidiCenterOptions#SCHEMA_ALLOW_UNKNOWN_COLUMNS}. */
    public VidiCenterSourceBuilder<T> setSchemaAllowUnknownColumns(boolean allow) {
        return setOption(VidiCenterOptions.SCHEMA_ALLOW_UNKNOWN_COLUMNS, allow);
    }

    /** Sets {@link VidiCenterOptions#DECODE_IGNORE_PARSE_ERRORS}. */
    public VidiCenterSourceBuilder<T> setDecodeIgnoreParseErrors(boolean ignore) {
        return setOption(VidiCenterOptions.DECODE_IGNORE_PARSE_ERRORS, ignore);
    }

    /** Sets {@link VidiCenterOptions#SIMULATION_CLOCK}. */
    public VidiCenterSourceBuilder<T> setSimulationClock(String clock) {
        return setOption(VidiCenterOptions.SIMULATION_CLOCK, clock);
    }

    /** Sets any of {@link VidiCenterOptions}. */
    public <V> VidiCenterSourceBuilder<T> setOption(ConfigOption<V> option, V value) {
        options.set(option, value);
        return this;
    }

    /**
     * Makes records with a deserializer, such as {@code JacksonDeserializer.of(Viewer.class)}.
     * Watermarks are local times, taken as UTC.
     */
    public VidiCenterSourceBuilder<T> setDeserializer(VidiCenterDeserializer<T> deserializer) {
        source =
                config ->
                        new VidiCenterSource<>(
                                config, deserializer.configure(config), RowTimes.LOCAL);
        return this;
    }

    /**
     * Makes {@link RowData} records whose fields are named like the export's keys, as the columns
     * of a table. Watermarks are local times, taken as UTC, or instants, where {@code period_start}
     * is declared {@code TIMESTAMP_LTZ}.
     *
     * @param rowType a row type, such as {@code DataTypes.ROW(DataTypes.FIELD("location_id",
     *     DataTypes.BIGINT()), …)}
     */
    @SuppressWarnings("unchecked")
    public VidiCenterSourceBuilder<RowData> setRowType(DataType rowType) {
        RowType fields = (RowType) rowType.getLogicalType();
        VidiCenterSourceBuilder<RowData> rows = (VidiCenterSourceBuilder<RowData>) this;
        rows.source = config -> rows(config, fields);
        return rows;
    }

    /**
     * Checks the options and makes the source.
     *
     * @throws org.apache.flink.table.api.ValidationException if an option is missing, can't be read
     *     or contradicts another, or a field does not exist; the message says what to do
     * @throws IllegalStateException if neither {@link #setDeserializer} nor {@link #setRowType} was
     *     called
     */
    public VidiCenterSource<T> build() {
        if (source == null) {
            throw new IllegalStateException(
                    "What records are made is missing: call setDeserializer or setRowType.");
        }
        return source.apply(ConfigReader.read(options, false));
    }

    private static VidiCenterSource<RowData> rows(VidiCenterConfig config, RowType fields) {
        DeclaredColumns.check(fields, config);
        boolean instants =
                fields.getFields().stream()
                        .filter(field -> DeclaredColumns.STARTS.contains(field.getName()))
                        .map(RowType.RowField::getType)
                        .anyMatch(VidiCenterSourceBuilder::isInstant);
        return new VidiCenterSource<>(
                config,
                new RowDataDeserializer(
                        fields,
                        fields.getFieldNames().stream().map(FieldSource::key).toList(),
                        config),
                instants ? new RowTimes(config.scan().zone()) : RowTimes.LOCAL);
    }

    private static boolean isInstant(LogicalType type) {
        return type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
    }

    private static String ids(long... ids) {
        return Arrays.stream(ids).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }
}
