package io.github.vidicenter.flink.quota;

/**
 * A call that waits for its permit. Calls go in the order of their kinds, starts in the order of
 * time; polls in turn, so that no export waits for another.
 *
 * @param arrival counts up
 */
record WaitingCall(AccountQuota.Member table, PermitRequest request, long arrival)
        implements Comparable<WaitingCall> {

    @Override
    public int compareTo(WaitingCall other) {
        int order = request.kind().compareTo(other.request.kind());
        if (order == 0 && request.kind() == PermitKind.START) {
            order = Long.compare(request.order(), other.request.order());
        }
        return order != 0 ? order : Long.compare(arrival, other.arrival);
    }
}
