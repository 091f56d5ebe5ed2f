package io.github.vidicenter.flink.config;

import java.io.Serializable;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.TemporalAmount;

/**
 * A bound of the scan as it was written: a fixed local time, or a distance back from now, which the
 * enumerator resolves once, when the job first starts.
 */
public sealed interface ScanBound extends Serializable {

    /**
     * @param now the current time in the data's zone
     * @return the bound's local time, not yet aligned
     */
    LocalDateTime resolve(LocalDateTime now);

    record At(LocalDateTime time) implements ScanBound {
        @Override
        public LocalDateTime resolve(LocalDateTime now) {
            return time;
        }

        @Override
        public String toString() {
            return time.toString();
        }
    }

    /**
     * @param distance zero for {@code now}; never negative
     */
    record BeforeNow(TemporalAmount distance) implements ScanBound {
        public static final BeforeNow NOW = new BeforeNow(Period.ZERO);

        @Override
        public LocalDateTime resolve(LocalDateTime now) {
            return now.minus(distance);
        }

        @Override
        public String toString() {
            return equals(NOW) ? "now" : "-" + distance;
        }
    }
}
