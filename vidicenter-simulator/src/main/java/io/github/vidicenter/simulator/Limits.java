package io.github.vidicenter.simulator;

/**
 * What an account may do (newer edition, "General usage", "Rate limiting"). A start over the limit
 * of exports, a call over the limit of calls or a request over that of simultaneous requests is
 * answered 429; an export with too many rows ends {@code failed}.
 *
 * @param callsPerMinute in any 60 s
 * @param concurrentExports being built at a time
 * @param simultaneousRequests from a request's headers to the last byte of its answer
 * @param finestRows most rows of an export with {@code time_resolution=finest}
 * @param aggregatedRows most rows of any other export
 */
public record Limits(
        int callsPerMinute,
        int concurrentExports,
        int simultaneousRequests,
        long finestRows,
        long aggregatedRows) {

    /** The limits of the real service. */
    public static final Limits DEFAULT = new Limits(50, 3, 2, 3_000_000, 20_000_000);

    /** No limits; all is audited none the less. */
    public static final Limits NONE =
            new Limits(
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE);

    public Limits withCallsPerMinute(int calls) {
        return new Limits(
                calls, concurrentExports, simultaneousRequests, finestRows, aggregatedRows);
    }

    public Limits withConcurrentExports(int exports) {
        return new Limits(
                callsPerMinute, exports, simultaneousRequests, finestRows, aggregatedRows);
    }

    public Limits withSimultaneousRequests(int requests) {
        return new Limits(callsPerMinute, concurrentExports, requests, finestRows, aggregatedRows);
    }

    public Limits withRows(long finest, long aggregated) {
        return new Limits(
                callsPerMinute, concurrentExports, simultaneousRequests, finest, aggregated);
    }
}
