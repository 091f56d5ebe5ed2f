package io.github.vidicenter.flink.client;

import io.github.vidicenter.flink.window.TimeResolution;
import java.io.Serializable;

/**
 * What is exported, apart from where and when: the same for all exports of a table.
 *
 * @param dataType value of {@code data_type}
 * @param resolution value of {@code time_resolution}
 * @param groupByDemographics whether {@code group_by_demographics} is sent
 * @param contentIds comma-separated {@code content_ids}; null: not sent
 * @param averageContentDuration {@code average_content_duration}; null: not sent
 * @param extrapolationAmount {@code extrapolation_amount}; null: not sent, empty: sent empty
 */
public record ExportKind(
        String dataType,
        TimeResolution resolution,
        boolean groupByDemographics,
        String contentIds,
        String averageContentDuration,
        String extrapolationAmount)
        implements Serializable {}
