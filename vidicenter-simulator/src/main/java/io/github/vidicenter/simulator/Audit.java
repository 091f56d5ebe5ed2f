package io.github.vidicenter.simulator;

import java.util.Map;

/**
 * What was asked of the simulator so far; a snapshot.
 *
 * @param calls under {@code /api/}, refused ones included
 * @param starts exports started, rebuilds included
 * @param rebuilds starts of an export that had been started before
 * @param exportsFinished builds that ended well, whether somebody came back for them or not
 * @param exportsFailed builds that ended {@code failed}
 * @param rowsServed rows written into answers
 * @param uploads rows uploaded
 * @param unauthorized answers with status 401
 * @param tooManyCalls answers with status 429 for calls in a minute
 * @param tooManyExports answers with status 429 for exports being built
 * @param tooManyRequests answers with status 429 for simultaneous requests
 * @param maxCallsInMinute most calls in any 60 s, refused ones included
 * @param maxConcurrentExports most exports being built at a time
 * @param maxSimultaneousRequests most requests at a time, refused ones included
 * @param maxOpenSockets most connections at a time, idle ones included
 * @param exports by canonical request: its parameters by name, decoded, without {@code
 *     force_rebuild} and {@code status_only}
 */
public record Audit(
        long calls,
        long starts,
        long rebuilds,
        long exportsFinished,
        long exportsFailed,
        long rowsServed,
        long uploads,
        long unauthorized,
        long tooManyCalls,
        long tooManyExports,
        long tooManyRequests,
        int maxCallsInMinute,
        int maxConcurrentExports,
        int maxSimultaneousRequests,
        int maxOpenSockets,
        Map<String, Export> exports) {

    /**
     * One export.
     *
     * @param calls all that were let through
     * @param starts builds, the first included
     * @param forceRebuildCalls calls with {@code force_rebuild}
     * @param downloads answers that began to carry {@code data}
     */
    public record Export(long calls, long starts, long forceRebuildCalls, long downloads) {}

    /** All answers with status 429. */
    public long rejected() {
        return tooManyCalls + tooManyExports + tooManyRequests;
    }
}
