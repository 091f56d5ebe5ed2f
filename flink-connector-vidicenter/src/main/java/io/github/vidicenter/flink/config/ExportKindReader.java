package io.github.vidicenter.flink.config;

import static io.github.vidicenter.flink.config.OptionValues.refuse;
import static io.github.vidicenter.flink.config.VidiCenterOptions.AVERAGE_CONTENT_DURATION;
import static io.github.vidicenter.flink.config.VidiCenterOptions.CONTENT_IDS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.DATA_TYPE;
import static io.github.vidicenter.flink.config.VidiCenterOptions.EXTRAPOLATION_AMOUNT;
import static io.github.vidicenter.flink.config.VidiCenterOptions.GROUP_BY_DEMOGRAPHICS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.SCHEMA_ALLOW_UNKNOWN_COLUMNS;
import static io.github.vidicenter.flink.config.VidiCenterOptions.TIME_RESOLUTION;

import io.github.vidicenter.flink.client.ExportKind;
import io.github.vidicenter.flink.schema.DataType;
import io.github.vidicenter.flink.window.TimeResolution;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;

/** Reads what is exported, and refuses combinations of options that do not exist. */
final class ExportKindReader {

    private static final Pattern POSITIVE_INTEGER = Pattern.compile("0*[1-9][0-9]*");

    private final OptionValues options;
    private final DataType dataType;
    private final TimeResolution resolution;

    private ExportKindReader(OptionValues options) {
        this.options = options;
        this.dataType = dataType(options);
        this.resolution = resolution(options, dataType);
    }

    static ExportKind read(OptionValues options) {
        ExportKindReader reader = new ExportKindReader(options);
        return new ExportKind(
                reader.dataType.id(),
                reader.resolution,
                reader.groupByDemographics(),
                reader.contentIds(),
                reader.averageContentDuration(),
                reader.extrapolationAmount());
    }

    private static DataType dataType(OptionValues options) {
        String id =
                options.required(DATA_TYPE, "what is to be exported, such as 'viewers'.").strip();
        if (options.get(SCHEMA_ALLOW_UNKNOWN_COLUMNS)) {
            return DataType.find(id).orElseGet(() -> DataType.unknown(id));
        }
        return DataType.find(id)
                .orElseThrow(
                        () ->
                                refuse(
                                        DATA_TYPE,
                                        id,
                                        "is not a known data type; one that is newer than the"
                                                + " connector needs"
                                                + " 'schema.allow-unknown-columns' = 'true'. "
                                                + Suggestion.of(id, ids(type -> true))));
    }

    private static TimeResolution resolution(OptionValues options, DataType dataType) {
        String value =
                options.required(TIME_RESOLUTION, "the length of the buckets, such as '5m'.");
        List<String> all =
                Arrays.stream(TimeResolution.values()).map(TimeResolution::value).toList();
        TimeResolution resolution =
                TimeResolution.of(value)
                        .orElseThrow(
                                () ->
                                        refuse(
                                                TIME_RESOLUTION,
                                                value,
                                                "does not exist (case matters). "
                                                        + Suggestion.of(value, all)));
        if (!dataType.resolutions().contains(resolution)) {
            throw refuse(
                    TIME_RESOLUTION,
                    value,
                    "does not exist for 'data-type' = '%s'. Allowed: %s."
                            .formatted(
                                    dataType.id(),
                                    Suggestion.quoted(
                                            dataType.resolutions().stream()
                                                    .sorted()
                                                    .map(TimeResolution::value)
                                                    .toList())));
        }
        return resolution;
    }

    private boolean groupByDemographics() {
        boolean group = options.get(GROUP_BY_DEMOGRAPHICS);
        if (group && !dataType.demographicsAllowed(resolution)) {
            throw noEffect(
                    GROUP_BY_DEMOGRAPHICS,
                    group,
                    "'data-type' = '%s' at 'time-resolution' = '%s'"
                            .formatted(dataType.id(), resolution),
                    type ->
                            Arrays.stream(TimeResolution.values())
                                    .filter(TimeResolution::isAggregated)
                                    .anyMatch(type::demographicsAllowed),
                    "aggregated ");
        }
        return group;
    }

    private String contentIds() {
        String value = options.find(CONTENT_IDS).orElse(null);
        if (value == null) {
            return null;
        }
        if (!dataType.contentIdsAllowed()) {
            throw noEffect(CONTENT_IDS, value, DataType::contentIdsAllowed);
        }
        List<String> ids = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        if (ids.contains("")) {
            throw refuse(CONTENT_IDS, value, "holds an empty id: write ids, separated by commas.");
        }
        return ids.stream().sorted().distinct().collect(Collectors.joining(","));
    }

    private String averageContentDuration() {
        String value = options.find(AVERAGE_CONTENT_DURATION).map(String::strip).orElse(null);
        if (value == null) {
            return null;
        }
        if (!dataType.averageContentDurationAllowed()) {
            throw noEffect(
                    AVERAGE_CONTENT_DURATION, value, DataType::averageContentDurationAllowed);
        }
        if (!isPositiveNumber(value)) {
            throw refuse(
                    AVERAGE_CONTENT_DURATION,
                    value,
                    "is no positive number: write a number such as '10'.");
        }
        return value;
    }

    private String extrapolationAmount() {
        String value = options.find(EXTRAPOLATION_AMOUNT).map(String::strip).orElse(null);
        if (value == null) {
            if (dataType.extrapolationRequired()) {
                throw new ValidationException(
                        "'extrapolation-amount' is missing: 'data-type' = '%s' requires it. Set it"
                                        .formatted(dataType.id())
                                + " to the number of locations to extrapolate to, or to the empty"
                                + " string for the average of the sampled locations.");
            }
            return null;
        }
        if (!dataType.extrapolationAllowed()) {
            throw noEffect(EXTRAPOLATION_AMOUNT, value, DataType::extrapolationAllowed);
        }
        if (!value.isEmpty() && !POSITIVE_INTEGER.matcher(value).matches()) {
            throw refuse(
                    EXTRAPOLATION_AMOUNT,
                    value,
                    "is neither empty nor a positive integer: write the number of locations to"
                            + " extrapolate to.");
        }
        return value;
    }

    private ValidationException noEffect(
            ConfigOption<?> option, Object value, Predicate<DataType> allowed) {
        return noEffect(option, value, "'data-type' = '" + dataType.id() + "'", allowed, "");
    }

    private static ValidationException noEffect(
            ConfigOption<?> option,
            Object value,
            String chosen,
            Predicate<DataType> allowed,
            String restriction) {
        List<String> others = ids(allowed);
        String where =
                others.isEmpty()
                        ? ""
                        : " It is for " + restriction + Suggestion.quoted(others) + ".";
        return refuse(option, value, "has no effect with " + chosen + ": leave it out." + where);
    }

    private static List<String> ids(Predicate<DataType> condition) {
        return DataType.all().stream().filter(condition).map(DataType::id).sorted().toList();
    }

    private static boolean isPositiveNumber(String value) {
        try {
            return new BigDecimal(value).signum() > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
