package io.github.vidicenter.flink.config;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * The connector's options, the same for SQL and for {@code VidiCenterSource.builder()}. Options
 * without a default have no effect while they are unset, unless they are {@link #required()}.
 */
@PublicEvolving
public final class VidiCenterOptions {

    /** Value of {@link #LOCATIONS}: all active locations of the account. */
    public static final String ALL_LOCATIONS = "*";

    /** Value of {@link #SCAN_START} and {@link #SCAN_END}: when the job first starts. */
    public static final String NOW = "now";

    /** Value of {@link #SCAN_LOCATIONS_PER_EXPORT}: as the call budget allows. */
    public static final String AUTO = "auto";

    /** Value of {@link #TIME_ZONE}: each location's own offset. */
    public static final String ZONE_OF_LOCATION = "location";

    /** Value of {@link #EXPORT_ON_FAILURE}: fail the job. */
    public static final String FAIL = "fail";

    /** Value of {@link #EXPORT_ON_FAILURE}: drop what can't be exported. */
    public static final String SKIP = "skip";

    // ------------------------------------------------------------------------- account

    public static final ConfigOption<String> URL =
            ConfigOptions.key("url")
                    .stringType()
                    .defaultValue("https://vidicenter.quividi.com/api/v1/")
                    .withDescription(
                            "Root of the API. Plain http, which makes VidiCenter revoke the token,"
                                    + " is refused unless the host is literally localhost, in"
                                    + " 127.0.0.0/8, or [::1].");

    public static final ConfigOption<String> USERNAME =
            ConfigOptions.key("username")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Name of the VidiCenter account.");

    public static final ConfigOption<String> TOKEN =
            ConfigOptions.key("token")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "API token of the account. Exactly one of 'token' and 'token-file' is"
                                    + " needed.");

    public static final ConfigOption<String> TOKEN_FILE =
            ConfigOptions.key("token-file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Path of a file, on every node, that holds the API token and nothing"
                                    + " else. It is read again when the API answers 401.");

    // ------------------------------------------------------------------------- what is exported

    public static final ConfigOption<String> DATA_TYPE =
            ConfigOptions.key("data-type")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What is exported: a documented value of the API's data_type, such as"
                                    + " 'viewers'. Other values need"
                                    + " 'schema.allow-unknown-columns'.");

    public static final ConfigOption<String> TIME_RESOLUTION =
            ConfigOptions.key("time-resolution")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Length of the buckets that rows are aggregated into: 'finest' (not"
                                    + " aggregated), '5m', '10m', '15m', '30m', '1h', '1d', '7d',"
                                    + " '30d' or '1M'. Case matters: '1M' is a month.");

    public static final ConfigOption<String> LOCATIONS =
            ConfigOptions.key("locations")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Ids of locations, separated by commas; '*' alone follows all active"
                                    + " locations of the account. At least one of 'locations',"
                                    + " 'sites', 'location-tags' and 'site-tags' is needed.");

    public static final ConfigOption<String> SITES =
            ConfigOptions.key("sites")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Ids of sites, separated by commas.");

    public static final ConfigOption<String> LOCATION_TAGS =
            ConfigOptions.key("location-tags")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Ids of location tags, separated by commas.");

    public static final ConfigOption<String> SITE_TAGS =
            ConfigOptions.key("site-tags")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Ids of site tags, separated by commas.");

    public static final ConfigOption<Boolean> GROUP_BY_DEMOGRAPHICS =
            ConfigOptions.key("group-by-demographics")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether aggregates are split by gender and age group. For aggregated"
                                    + " 'viewers' and proof-of-play exports of watchers and of"
                                    + " footfall and faces.");

    public static final ConfigOption<String> CONTENT_IDS =
            ConfigOptions.key("content-ids")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Only the contents with these ids, separated by commas. For"
                                    + " 'viewers_apc' and proof-of-play exports.");

    public static final ConfigOption<String> AVERAGE_CONTENT_DURATION =
            ConfigOptions.key("average-content-duration")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A positive number, passed on as average_content_duration. For 'im',"
                                    + " 'im_ccs', 'im_nobackup' and 'targeted_im'.");

    public static final ConfigOption<String> EXTRAPOLATION_AMOUNT =
            ConfigOptions.key("extrapolation-amount")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "To how many locations the sample is extrapolated; the empty string"
                                    + " gives the average of the sampled locations. Required by"
                                    + " extrapolated exports.");

    // ------------------------------------------------------------------------- when

    public static final ConfigOption<String> SCAN_START =
            ConfigOptions.key("scan.start")
                    .stringType()
                    .defaultValue(NOW)
                    .withDescription(
                            "Where the scan starts, inclusive, in the data's local time: an ISO"
                                    + " date-time such as '2018-01-29T00:00:00', 'now' (the window"
                                    + " that now lies in), or a duration back from now ('-P7D',"
                                    + " '-PT6H').");

    public static final ConfigOption<String> SCAN_END =
            ConfigOptions.key("scan.end")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Where the scan ends, exclusive, in the data's local time: an ISO"
                                    + " date-time or 'now'; makes the table bounded. Without it a"
                                    + " streaming scan keeps going, and a batch scan ends now.");

    public static final ConfigOption<Duration> SCAN_WINDOW_SIZE =
            ConfigOptions.key("scan.window.size")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Length of an incremental window: a whole multiple of the resolution,"
                                    + " by default the larger of 5 min and the resolution. Windows"
                                    + " are counted from midnight, those of '7d' and '30d' from"
                                    + " 'scan.start'. Can't be set for '1M', where a window is a"
                                    + " month.");

    public static final ConfigOption<Duration> SCAN_WINDOW_MAX_SIZE =
            ConfigOptions.key("scan.window.max-size")
                    .durationType()
                    .defaultValue(Duration.ofDays(31))
                    .withDescription(
                            "With a backlog, one export may cover this much, in whole windows; less"
                                    + " than 'scan.window.size' means one window.");

    public static final ConfigOption<Duration> SCAN_WINDOW_DELAY =
            ConfigOptions.key("scan.window.delay")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long to wait after a window's end before its export is asked"
                                    + " for, so that the locations have uploaded.");

    public static final ConfigOption<Duration> SCAN_WINDOW_UPLOAD_TIMEOUT =
            ConfigOptions.key("scan.window.upload-timeout")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Beyond the delay, wait until the topology says that the location has"
                                    + " uploaded past the window's end, at most this long.");

    public static final ConfigOption<String> SCAN_LOCATIONS_PER_EXPORT =
            ConfigOptions.key("scan.locations-per-export")
                    .stringType()
                    .defaultValue(AUTO)
                    .withDescription(
                            "How many locations (or sites) one export covers: a number, or 'auto',"
                                    + " one while the call budget keeps pace, more when it does not"
                                    + " and when there is a backlog.");

    public static final ConfigOption<Duration> SCAN_REFRESH_LOOKBACK =
            ConfigOptions.key("scan.refresh.lookback")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Read again what lies this far back, for late uploads; makes the table"
                                    + " an upsert changelog.");

    public static final ConfigOption<Duration> SCAN_REFRESH_INTERVAL =
            ConfigOptions.key("scan.refresh.interval")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription("How often the lookback is looked at.");

    /** As in every Flink connector; SQL only, the DataStream API has {@code setParallelism}. */
    public static final ConfigOption<Integer> SCAN_PARALLELISM = FactoryUtil.SOURCE_PARALLELISM;

    public static final ConfigOption<String> TIME_ZONE =
            ConfigOptions.key("time-zone")
                    .stringType()
                    .defaultValue("UTC")
                    .withDescription(
                            "Zone of the data's local times, such as 'Europe/Paris'; 'location':"
                                    + " each location's own offset, from the topology.");

    // ------------------------------------------------------------------------- how

    public static final ConfigOption<Duration> POLL_MIN_INTERVAL =
            ConfigOptions.key("poll.min-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription("Lower bound of the adaptive interval between two polls.");

    public static final ConfigOption<Duration> POLL_MAX_INTERVAL =
            ConfigOptions.key("poll.max-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription("Upper bound of the adaptive interval between two polls.");

    public static final ConfigOption<Duration> EXPORT_TIMEOUT =
            ConfigOptions.key("export.timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription(
                            "How long an export may take from its start to 'finished' before it"
                                    + " counts as failed.");

    public static final ConfigOption<Integer> EXPORT_MAX_ATTEMPTS =
            ConfigOptions.key("export.max-attempts")
                    .intType()
                    .defaultValue(5)
                    .withDescription(
                            "How often a failed export is tried, and how many transport errors and"
                                    + " 5xx answers in a row a call may meet.");

    public static final ConfigOption<String> EXPORT_ON_FAILURE =
            ConfigOptions.key("export.on-failure")
                    .stringType()
                    .defaultValue(FAIL)
                    .withDescription(
                            "What follows when an export fails for good: 'fail' the job, or 'skip'"
                                    + " just the location and window that can't be exported.");

    public static final ConfigOption<Boolean> EXPORT_REUSE_CACHED =
            ConfigOptions.key("export.reuse-cached")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether an export that the server still has from an earlier request is"
                                    + " taken as it is, also for a recent window of which it may"
                                    + " hold only a part.");

    public static final ConfigOption<Integer> QUOTA_REQUESTS_PER_MINUTE =
            ConfigOptions.key("quota.requests-per-minute")
                    .intType()
                    .defaultValue(50)
                    .withDescription(
                            "Calls in any 60 s, over all vidicenter tables of the job that share url"
                                    + " and username. Lower it where other jobs share the account.");

    public static final ConfigOption<Integer> QUOTA_CONCURRENT_EXPORTS =
            ConfigOptions.key("quota.concurrent-exports")
                    .intType()
                    .defaultValue(3)
                    .withDescription(
                            "Exports being built at once. Lower it where other jobs share the"
                                    + " account.");

    public static final ConfigOption<Integer> QUOTA_CONNECTIONS =
            ConfigOptions.key("quota.connections")
                    .intType()
                    .defaultValue(2)
                    .withDescription(
                            "Requests in flight at once. Lower it where other jobs share the"
                                    + " address.");

    public static final ConfigOption<Duration> HTTP_CONNECT_TIMEOUT =
            ConfigOptions.key("http.connect-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription("How long connecting may take.");

    public static final ConfigOption<Duration> HTTP_REQUEST_TIMEOUT =
            ConfigOptions.key("http.request-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription("How long a whole exchange may take, body included.");

    public static final ConfigOption<Boolean> SCHEMA_ALLOW_UNKNOWN_COLUMNS =
            ConfigOptions.key("schema.allow-unknown-columns")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether columns and data types that the connector does not know may be"
                                    + " declared: for keys that are newer than the connector.");

    public static final ConfigOption<Boolean> DECODE_IGNORE_PARSE_ERRORS =
            ConfigOptions.key("decode.ignore-parse-errors")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a value that does not fit its column becomes NULL and is"
                                    + " counted, instead of failing the job.");

    public static final ConfigOption<String> SIMULATION_CLOCK =
            ConfigOptions.key("simulation.clock")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "For trying things out: '<start>/<factor>', such as"
                                    + " '2024-03-04T00:00:00/1440', drives 'now' and the window"
                                    + " delay. Refused unless 'url' is loopback.");

    private static final Set<ConfigOption<?>> REQUIRED =
            Set.of(USERNAME, DATA_TYPE, TIME_RESOLUTION);

    /** The options above, so that none is listed twice. */
    private static final Set<ConfigOption<?>> OPTIONAL = allBut(REQUIRED);

    private VidiCenterOptions() {}

    /** The options that have to be given. */
    public static Set<ConfigOption<?>> required() {
        return REQUIRED;
    }

    /** The options that may be left out, by themselves or in favour of another. */
    public static Set<ConfigOption<?>> optional() {
        return OPTIONAL;
    }

    private static Set<ConfigOption<?>> allBut(Set<ConfigOption<?>> others) {
        Set<ConfigOption<?>> options = new LinkedHashSet<>();
        for (Field field : VidiCenterOptions.class.getFields()) {
            try {
                if (field.getType() == ConfigOption.class) {
                    options.add((ConfigOption<?>) field.get(null));
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("can't read " + field, e);
            }
        }
        options.removeAll(others);
        return Collections.unmodifiableSet(options);
    }
}
