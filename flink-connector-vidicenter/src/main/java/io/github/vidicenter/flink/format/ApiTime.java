package io.github.vidicenter.flink.format;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Reads the API's dates and times, in all forms that are documented or seen: {@code 2018-01-29
 * 02:00:00}, with a {@code T}, without seconds, with up to nine digits of a fraction, a date alone
 * (midnight). Not thread-safe: keeps the last day, which the next row most likely shares.
 */
final class ApiTime {

    static final long INVALID = Long.MIN_VALUE;

    private static final int DATE_LENGTH = 10;

    private final char[] lastDate = new char[DATE_LENGTH];
    private long lastDay = INVALID;
    private long nanoOfDay;

    /**
     * Reads a local date with or without time.
     *
     * @return days since 1970-01-01, {@link #INVALID} if it is written otherwise; the time is in
     *     {@link #nanoOfDay()}
     */
    long readDay(char[] text, int offset, int length) {
        if (length < DATE_LENGTH) {
            return INVALID;
        }
        int end = offset + DATE_LENGTH;
        if (!Arrays.equals(text, offset, end, lastDate, 0, DATE_LENGTH)) {
            lastDay = epochDay(text, offset);
            System.arraycopy(text, offset, lastDate, 0, DATE_LENGTH);
        }
        nanoOfDay = 0;
        if (length > DATE_LENGTH) {
            char separator = text[end];
            nanoOfDay =
                    separator == 'T' || separator == ' '
                            ? readTime(text, end + 1, length - DATE_LENGTH - 1)
                            : INVALID;
        }
        return nanoOfDay == INVALID ? INVALID : lastDay;
    }

    long nanoOfDay() {
        return nanoOfDay;
    }

    /**
     * Reads a time of the day.
     *
     * @return nanoseconds since midnight, {@link #INVALID} if it is written otherwise
     */
    static long readTime(char[] text, int offset, int length) {
        if (length < 5 || text[offset + 2] != ':') {
            return INVALID;
        }
        int hour = digits(text, offset, 2);
        int minute = digits(text, offset + 3, 2);
        int second = 0;
        long nanos = 0;
        if (length > 5) {
            if (length < 8 || text[offset + 5] != ':') {
                return INVALID;
            }
            second = digits(text, offset + 6, 2);
            if (length > 8) {
                nanos = fraction(text, offset + 8, length - 8);
            }
        }
        if ((hour | minute | second) < 0 || nanos < 0 || hour > 23 || minute > 59 || second > 59) {
            return INVALID;
        }
        return ((hour * 60L + minute) * 60 + second) * 1_000_000_000L + nanos;
    }

    private static long fraction(char[] text, int offset, int length) {
        if (text[offset] != '.' || length < 2 || length > 10) {
            return INVALID;
        }
        int value = digits(text, offset + 1, length - 1);
        if (value < 0) {
            return INVALID;
        }
        long nanos = value;
        for (int digit = length - 1; digit < 9; digit++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static long epochDay(char[] text, int offset) {
        int year = digits(text, offset, 4);
        int month = digits(text, offset + 5, 2);
        int day = digits(text, offset + 8, 2);
        if (text[offset + 4] != '-' || text[offset + 7] != '-' || (year | month | day) < 0) {
            return INVALID;
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            return INVALID;
        }
    }

    /** The number in so many digits; negative if one is none. */
    private static int digits(char[] text, int offset, int count) {
        int value = 0;
        for (int i = offset; i < offset + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
