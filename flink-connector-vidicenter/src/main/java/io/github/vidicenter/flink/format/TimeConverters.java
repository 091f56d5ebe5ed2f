package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.flink.table.data.TimestampData;

/** Dates and times, see {@link ApiTime} for how they are written. */
final class TimeConverters {

    private static final long DAY_MILLIS = 86_400_000L;

    private TimeConverters() {}

    /** Reads texts with the day of the row before at hand. */
    private abstract static class OfText extends ValueConverter {
        final ApiTime time = new ApiTime();

        final long day(JsonParser parser) throws IOException, DoesNotFit {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw refuse(parser);
            }
            long day =
                    time.readDay(
                            parser.getTextCharacters(),
                            parser.getTextOffset(),
                            parser.getTextLength());
            if (day == ApiTime.INVALID) {
                throw refuse(parser);
            }
            return day;
        }
    }

    /** TIMESTAMP: the local time as it is. */
    static class Timestamps extends OfText {
        private final long unit;

        /**
         * @param precision digits of a second's fraction
         */
        Timestamps(int precision) {
            this.unit = (long) Math.pow(10, 9 - precision);
        }

        @Override
        Object convert(JsonParser parser) throws IOException, DoesNotFit {
            long day = day(parser);
            long nanoOfDay = time.nanoOfDay();
            if (nanoOfDay % unit != 0) {
                throw refuse(parser);
            }
            long millis = day * DAY_MILLIS + nanoOfDay / 1_000_000;
            TimestampData value = atZone(millis, (int) (nanoOfDay % 1_000_000));
            hash = value.getMillisecond() * 1_000_000 + value.getNanoOfMillisecond();
            return value;
        }

        TimestampData atZone(long localMillis, int nanoOfMilli) {
            return TimestampData.fromEpochMillis(localMillis, nanoOfMilli);
        }
    }

    /** TIMESTAMP_LTZ: the instant of the local time in the data's zone. */
    static final class Instants extends Timestamps {
        private final ZoneId zone;

        Instants(int precision, ZoneId zone) {
            super(precision);
            this.zone = zone;
        }

        /** Of an hour that comes twice the first, as Java resolves it. */
        @Override
        TimestampData atZone(long localMillis, int nanoOfMilli) {
            Instant instant =
                    LocalDateTime.ofEpochSecond(
                                    Math.floorDiv(localMillis, 1000L),
                                    (int) Math.floorMod(localMillis, 1000L) * 1_000_000,
                                    ZoneOffset.UTC)
                            .atZone(zone)
                            .toInstant();
            return TimestampData.fromEpochMillis(instant.toEpochMilli(), nanoOfMilli);
        }
    }

    /** DATE: a date, or a time at midnight. */
    static final class Dates extends OfText {
        @Override
        Object convert(JsonParser parser) throws IOException, DoesNotFit {
            long day = day(parser);
            if (time.nanoOfDay() != 0) {
                throw refuse(parser);
            }
            hash = day;
            return (int) day;
        }
    }

    /** TIME, which Flink holds in milliseconds. */
    static final class Times extends ValueConverter {
        private final long unit;

        Times(int precision) {
            this.unit = (long) Math.pow(10, 9 - Math.min(3, precision));
        }

        @Override
        Object convert(JsonParser parser) throws IOException, DoesNotFit {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                long nanos =
                        ApiTime.readTime(
                                parser.getTextCharacters(),
                                parser.getTextOffset(),
                                parser.getTextLength());
                if (nanos != ApiTime.INVALID && nanos % unit == 0) {
                    hash = nanos / 1_000_000;
                    return (int) hash;
                }
            }
            throw refuse(parser);
        }
    }
}
