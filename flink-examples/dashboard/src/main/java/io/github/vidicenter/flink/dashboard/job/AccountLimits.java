package io.github.vidicenter.flink.dashboard.job;

import io.github.vidicenter.flink.config.VidiCenterOptions;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * What the tables' options let the job do with the account.
 *
 * @param windowDelay how long after a window's end it is asked for
 */
public record AccountLimits(int callsPerMinute, int exportSlots, Duration windowDelay) {

    /**
     * @param options of the tables; what is not set has the connector's defaults
     */
    static AccountLimits of(Map<String, String> options) {
        Configuration set = Configuration.fromMap(options);
        return new AccountLimits(
                set.get(VidiCenterOptions.QUOTA_REQUESTS_PER_MINUTE),
                set.get(VidiCenterOptions.QUOTA_CONCURRENT_EXPORTS),
                set.get(VidiCenterOptions.SCAN_WINDOW_DELAY));
    }
}
