package io.github.vidicenter.flink.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.utils.DateUtils;

/** What HTTP status codes mean, apart from 2xx, where the body tells. */
final class StatusPolicy {

    /** A server that asks for more is asked again after this long. */
    static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(10);

    private static final int MAX_DIGITS = 9;

    private StatusPolicy() {}

    static boolean carriesData(int status) {
        return status >= 200 && status < 300;
    }

    /**
     * @param status not one that carries data
     * @param message what the body says
     * @param location value of the header {@code Location}, or null
     * @param retryAfter value of the header {@code Retry-After}, or null
     * @param now the response's time, to which a date in {@code Retry-After} is compared
     */
    static Answer.Trouble judge(
            int status, String message, String location, String retryAfter, Instant now) {
        if (status >= 300 && status < 400) {
            return new Answer.Redirected(
                    status, location == null ? message : "redirected to " + location);
        }
        return switch (status) {
            case 401 -> new Answer.Unauthorized("HTTP 401: " + message);
            case 429 -> new Answer.Throttled(retryAfter(retryAfter, now));
            case 408 -> broken(status, message);
            default ->
                    status >= 400 && status < 500
                            ? new Answer.Rejected(status, message)
                            : broken(status, message);
        };
    }

    /**
     * Reads {@code Retry-After}, in seconds or as an HTTP date.
     *
     * @return at most {@link #MAX_RETRY_AFTER}; null where the header is missing, can't be read, or
     *     names no time to come, since asking again at once is what brought the 429 about
     */
    static Duration retryAfter(String header, Instant now) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        Duration wait;
        if (value.matches("\\d+")) {
            wait =
                    value.length() > MAX_DIGITS
                            ? MAX_RETRY_AFTER
                            : Duration.ofSeconds(Long.parseLong(value));
        } else {
            Instant until = date(value);
            if (until == null) {
                return null;
            }
            wait = Duration.between(now, until);
        }
        if (wait.isZero() || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wait;
    }

    /** An HTTP date, or null. */
    static Instant date(String value) {
        try {
            return value == null ? null : DateUtils.parseStandardDate(value);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Answer.Trouble broken(int status, String message) {
        return new Answer.Broken("HTTP %d: %s".formatted(status, message), null);
    }
}
