package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.OptionValues.refuse;
import static io.github.vidicenter.flink.config.VidiCenterOptions.DECODE_IGNORE_PARSE_ERRORS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.EXPORT_MAX_ATTEMPTS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.EXPORT_ON_FAILURE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.EXPORT_REUSE_CACHED;
import static io.github.vidicenter.flink.config.VidiCenterOptions.EXPORT_TIMEOUT;
import static io.github.vidicenter.flink.config.VidiCenterOptions.FAIL;
import static io.github.vidicenter.flink.config.VidiCenterOptions.HTTP_CONNECT_TIMEOUT;
import static io.github.vidicenter.flink.config.VidiCenterOptions.HTTP_REQUEST_TIMEOUT;
import static io.github.vidicenter.flink.config.VidiCenterOptions.POLL_MAX_INTERVAL;
import static io.github.vidicenter.flink.config.VidiCenterOptions.POLL_MIN_INTERVAL;
import static io.github.vidicenter.flink.config.VidiCenterOptions.QUOTA_CONCURRENT_EXPORTS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.QUOTA_CONNECTIONS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.QUOTA_REQUESTS_PER_MINUTE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCAN_PARALLELISM;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCHEMA_ALLOW_UNKNOWN_COLUMNS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SKIP;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.config.VidiCenterConfig.Decoding;
import io.github.vidicenter.flink.config.VidiCenterConfig.Protocol;
import io.github.vidicenter.flink.config.VidiCenterConfig.Quota;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/**
 * Reads and checks all options, for SQL and for the DataStream builder alike. Makes no call to the
 * API, so it can't tell whether the account or the ids exist.
 */
public final class ConfigReader {

    private ConfigReader() {}

    /**
     * @param batch whether the scan has to end: a missing {@code scan.end} then means now
     * @throws ValidationException if an option is missing, can't be read or contradicts another;
     *     the message names the option, and says what is allowed and what to do
     */
    public static VidiCenterConfig read(ReadableConfig options, boolean batch) {
        return read(options, batch, Clock.systemUTC());
    }

    static VidiCenterConfig read(ReadableConfig options, boolean batch, Clock clock) {
        OptionValues values = new OptionValues(options);
        if (values.isSet(SCAN_PARALLELISM)) {
            values.positive(SCAN_PARALLELISM);
        }
        VidiCenterConfig.Account account = AccountReader.read(values);
        ExportKind kind = ExportKindReader.read(values);
        Selectors selectors = Selectors.read(values);
        return new VidiCenterConfig(
                account,
                kind,
                selectors.selection(),
                new ScanReader(values, clock).read(account, kind, selectors, batch),
                protocol(values),
                quota(values),
                new Decoding(
                        values.get(SCHEMA_ALLOW_UNKNOWN_COLUMNS),
                        values.get(DECODE_IGNORE_PARSE_ERRORS)),
                Narrowing.NONE);
    }

    /**
     * Reads the options {@code quota.*} alone.
     *
     * @throws ValidationException if one is less than 1 or can't be read
     */
    public static Quota readQuota(ReadableConfig options) {
        return quota(new OptionValues(options));
    }

    private static Quota quota(OptionValues options) {
        return new Quota(
                options.positive(QUOTA_REQUESTS_PER_MINUTE),
                options.positive(QUOTA_CONCURRENT_EXPORTS),
                options.positive(QUOTA_CONNECTIONS));
    }

    private static Protocol protocol(OptionValues options) {
        Duration minPoll = options.positiveDuration(POLL_MIN_INTERVAL);
        Duration maxPoll = options.positiveDuration(POLL_MAX_INTERVAL);
        if (minPoll.compareTo(maxPoll) > 0) {
            throw refuse(
                    POLL_MIN_INTERVAL,
                    OptionValues.text(minPoll),
                    "is longer than 'poll.max-interval', which is %s: lower the one or raise the other."
                            .formatted(OptionValues.text(maxPoll)));
        }
        return new Protocol(
                minPoll,
                maxPoll,
                options.positiveDuration(EXPORT_TIMEOUT),
                options.positive(EXPORT_MAX_ATTEMPTS),
                options.oneOf(EXPORT_ON_FAILURE, List.of(FAIL, SKIP)).equals(SKIP),
                options.get(EXPORT_REUSE_CACHED),
                options.positiveDuration(HTTP_CONNECT_TIMEOUT),
                options.positiveDuration(HTTP_REQUEST_TIMEOUT));
    }
}
