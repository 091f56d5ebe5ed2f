package io.github.vidicenter.flink.quota;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * The limits of one account, kept over all tables of a job ({@code quota.*}): exports being built,
 * requests in flight, calls in any 60 s. Readers ask for a permit before each call; a grant goes to
 * the table that asked, never blocking the one that made room for it.
 *
 * <p>Time is monotonic, in nanoseconds. Thread-safe.
 */
public final class AccountQuota {

    private final LongSupplier nanoTime;
    private final Set<Member> members = new HashSet<>();
    private final TreeSet<WaitingCall> waiting = new TreeSet<>();
    private final Map<PermitRequest.Name, Granted> inFlight = new HashMap<>();
    private final BrokenOff brokenOff = new BrokenOff();
    private final CallBudget calls = new CallBudget();
    private final ExportSlots slots = new ExportSlots();
    private final Throttle throttle = new Throttle();
    private final Allowance callsAllowance = new Allowance();
    private final Allowance exportsAllowance = new Allowance();
    private boolean fresh = true;
    private boolean spent;
    private long arrivals;
    private long throttled;

    public AccountQuota(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Adds a table. Of several tables' limits the lowest count.
     *
     * @param grants gets each permit that was granted; called outside of locks, on any table's
     *     thread, and must not block
     */
    public synchronized Member join(
            VidiCenterConfig.Quota limits, Duration exportTimeout, Consumer<PermitRequest> grants) {
        Member member = new Member(limits, exportTimeout, grants);
        members.add(member);
        return member;
    }

    /** Grants what the account allows by now. */
    public void grant() {
        List<WaitingCall> granted = new ArrayList<>();
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (members.isEmpty() || throttle.isPaused(now)) {
                return;
            }
            for (WaitingCall next = grantable(now); next != null; next = grantable(now)) {
                take(next, now);
                granted.add(next);
            }
        }
        granted.forEach(grant -> grant.table().grants.accept(grant.request()));
    }

    /** The first call in the queue that the account allows; null: none. */
    private WaitingCall grantable(long now) {
        if (connectionsBusy(now) >= limit(VidiCenterConfig.Quota::connections)
                || !calls.allows(callsAllowed(now), now)) {
            return null;
        }
        int exports = exportsAllowed(now);
        return waiting.stream()
                .filter(call -> hasSlot(call, exports, now) && isTurn(call, exports, now))
                .findFirst()
                .orElse(null);
    }

    private boolean hasSlot(WaitingCall call, int exports, long now) {
        return !call.request().kind().mayStart()
                || slots.allows(call.request().exportKey(), exports, now);
    }

    /** Tables take turns: a backfill's old windows don't keep a live table from its new ones. */
    private boolean isTurn(WaitingCall next, int exports, long now) {
        if (next.request().kind() != PermitKind.START) {
            return true;
        }
        long held = next.table().slots();
        return waiting.stream()
                .filter(call -> call.request().kind() == PermitKind.START)
                .filter(call -> call.table().slots() < held)
                .noneMatch(call -> hasSlot(call, exports, now));
    }

    private void take(WaitingCall call, long now) {
        PermitRequest request = call.request();
        boolean tookSlot = false;
        if (request.kind().mayStart()) {
            long until = now + call.table().exportTimeoutNanos;
            boolean starts = request.kind() == PermitKind.START;
            tookSlot = slots.take(request.exportKey(), starts, until, now);
            call.table().started.add(request.exportKey());
        }
        waiting.remove(call);
        calls.granted();
        inFlight.put(request.name(), new Granted(call.table(), request, tookSlot));
    }

    private void throttled(Granted granted, long retryAfterMillis, long now) {
        throttled++;
        giveSlotBack(granted);
        int building = slots.busy(now);
        if (granted.tookSlot && building > 0) {
            exportsAllowance.refusedBeyond(
                    building, limit(VidiCenterConfig.Quota::concurrentExports), now);
        } else {
            int limit = limit(VidiCenterConfig.Quota::requestsPerMinute);
            double used = Math.max(calls.used(now) / 2.0, limit / 10.0);
            callsAllowance.refusedBeyond(used, limit, now);
        }
        throttle.pause(retryAfterMillis, now);
    }

    /** What was refused has started nothing; an export that was there before goes on building. */
    private void giveSlotBack(Granted granted) {
        if (granted.tookSlot) {
            slots.free(granted.request.exportKey());
        }
    }

    private int callsAllowed(long now) {
        return callsAllowance.of(limit(VidiCenterConfig.Quota::requestsPerMinute), now);
    }

    private int exportsAllowed(long now) {
        return exportsAllowance.of(limit(VidiCenterConfig.Quota::concurrentExports), now);
    }

    /** Part of the limits that each table may count on. */
    public synchronized double share() {
        return 1.0 / Math.max(1, members.size());
    }

    /** Calls that count at present, of {@code quota.requests-per-minute}. */
    public synchronized int callsUsed() {
        return calls.used(nanoTime.getAsLong());
    }

    /** Calls that could be made at present. */
    public synchronized int callsLeft() {
        long now = nanoTime.getAsLong();
        return members.isEmpty() ? 0 : Math.max(0, callsAllowed(now) - calls.used(now));
    }

    /** Part of the calls of a minute that are used up, 0 to 1. */
    public synchronized double partUsed() {
        long now = nanoTime.getAsLong();
        return members.isEmpty() ? 0 : Math.min(1, (double) calls.used(now) / callsAllowed(now));
    }

    /** Exports that are being built at present, of {@code quota.concurrent-exports}. */
    public synchronized int slotsBusy() {
        return slots.busy(nanoTime.getAsLong());
    }

    /** Requests in flight, of {@code quota.connections}. */
    public synchronized int connectionsBusy() {
        return connectionsBusy(nanoTime.getAsLong());
    }

    private int connectionsBusy(long now) {
        return inFlight.size() + brokenOff.count(now);
    }

    /** Answers 429 so far. */
    public synchronized long throttled() {
        return throttled;
    }

    private WaitCause causeOf(WaitingCall call, long now) {
        if (throttle.isPaused(now)) {
            return WaitCause.PAUSE;
        } else if (!hasSlot(call, exportsAllowed(now), now)) {
            return WaitCause.EXPORT_SLOT;
        }
        return connectionsBusy(now) >= limit(VidiCenterConfig.Quota::connections)
                ? WaitCause.CONNECTION
                : WaitCause.CALLS;
    }

    private int limit(ToIntFunction<VidiCenterConfig.Quota> which) {
        return members.stream().map(m -> m.limits).mapToInt(which).min().orElseThrow();
    }

    private record Granted(Member member, PermitRequest request, boolean tookSlot) {}

    /** One table's share in the account. */
    public final class Member implements AutoCloseable {

        private final VidiCenterConfig.Quota limits;
        private final long exportTimeoutNanos;
        private final Consumer<PermitRequest> grants;
        private final Set<Long> started = new HashSet<>();

        private Member(
                VidiCenterConfig.Quota limits,
                Duration exportTimeout,
                Consumer<PermitRequest> grants) {
            this.limits = limits;
            this.exportTimeoutNanos = exportTimeout.toNanos();
            this.grants = grants;
        }

        /**
         * Takes over what a checkpoint knows of the account. Where nothing else is known of it, as
         * after the loss of a JobManager, the last minute counts as spent.
         *
         * @param building keys of the exports that were being built
         */
        public void restore(Set<Long> building) {
            synchronized (AccountQuota.this) {
                long now = nanoTime.getAsLong();
                if (fresh && !spent) {
                    spent = true;
                    calls.spend(limit(VidiCenterConfig.Quota::requestsPerMinute), now);
                }
                for (long key : building) {
                    slots.adopt(key, now + exportTimeoutNanos, now);
                    if (fresh) {
                        slots.await(key);
                    }
                }
                started.addAll(building);
            }
        }

        /**
         * All readers have said what they hold. A restored export that none of them has was read to
         * its end between the two parts of the checkpoint, so it holds no slot.
         *
         * @param held keys of the exports that this table's readers have or will get
         */
        public void restoredReadersHold(Set<Long> held) {
            synchronized (AccountQuota.this) {
                started.stream().filter(key -> !held.contains(key)).forEach(slots::freeReserved);
            }
            grant();
        }

        private long slots() {
            return started.stream().filter(slots::isTaken).count();
        }

        /** How many of this table's calls wait for the same thing. */
        public int waiting(WaitCause cause) {
            synchronized (AccountQuota.this) {
                long now = nanoTime.getAsLong();
                return (int)
                        waiting.stream()
                                .filter(w -> w.table() == this && causeOf(w, now) == cause)
                                .count();
            }
        }

        /** Queues a call; {@link #grant()} decides. */
        public void request(PermitRequest request) {
            synchronized (AccountQuota.this) {
                fresh = false;
                waiting.add(new WaitingCall(this, request, arrivals++));
            }
            grant();
        }

        /** Ends a call. Permits that are not known (any more) are left alone. */
        public void release(long epoch, long id, CallResult result) {
            synchronized (AccountQuota.this) {
                Granted granted = inFlight.remove(new PermitRequest.Name(epoch, id));
                if (granted == null) {
                    return;
                }
                long now = nanoTime.getAsLong();
                calls.answered(now);
                switch (result.outcome()) {
                    case ENDED -> {
                        slots.ended(granted.request.exportKey(), now);
                        members.forEach(m -> m.started.remove(granted.request.exportKey()));
                        throttle.calm();
                    }
                    case BUILDING -> {
                        // A poll of an export that the server no longer had starts it again.
                        slots.building(granted.request.exportKey(), now + exportTimeoutNanos, now);
                        started.add(granted.request.exportKey());
                        throttle.calm();
                    }
                    case TURNED_AWAY -> giveSlotBack(granted);
                    case THROTTLED -> throttled(granted, result.retryAfterMillis(), now);
                    case UNKNOWN -> brokenOff.add(now);
                    case ABANDONED -> {
                        brokenOff.add(now);
                        abandon(granted.request.exportKey());
                    }
                }
            }
            grant();
        }

        /** Takes back a permit that did not reach its reader: no call was made with it. */
        public void cancel(long epoch, long id) {
            synchronized (AccountQuota.this) {
                Granted granted = inFlight.remove(new PermitRequest.Name(epoch, id));
                if (granted == null) {
                    return;
                }
                calls.takenBack();
                giveSlotBack(granted);
            }
            grant();
        }

        /** Gives up what a reader waits for. */
        public void withdraw(long epoch) {
            synchronized (AccountQuota.this) {
                waiting.removeIf(w -> w.table() == this && w.request().epoch() == epoch);
            }
        }

        /** Gives up a reader's permits and wishes. The exports that it started go on building. */
        public void releaseEpoch(long epoch) {
            releaseAll(epoch, false);
        }

        /** Keys of this table's exports that are being built, for a checkpoint. */
        public Set<Long> building() {
            synchronized (AccountQuota.this) {
                started.removeIf(key -> !slots.isTaken(key));
                return Set.copyOf(started);
            }
        }

        /** The table's exports go on building, and nobody of this table will see their end. */
        @Override
        public void close() {
            releaseAll(0, true);
            synchronized (AccountQuota.this) {
                members.remove(this);
                started.forEach(this::abandon);
            }
            grant();
        }

        private void abandon(long exportKey) {
            if (members.stream().noneMatch(m -> m != this && m.started.contains(exportKey))) {
                slots.abandon(exportKey);
            }
        }

        private void releaseAll(long epoch, boolean allEpochs) {
            synchronized (AccountQuota.this) {
                long now = nanoTime.getAsLong();
                waiting.removeIf(
                        w -> w.table() == this && (allEpochs || w.request().epoch() == epoch));
                Iterator<Granted> permits = inFlight.values().iterator();
                while (permits.hasNext()) {
                    Granted granted = permits.next();
                    if (granted.member == this && (allEpochs || granted.request.epoch() == epoch)) {
                        permits.remove();
                        calls.answered(now);
                        brokenOff.add(now);
                    }
                }
            }
            grant();
        }
    }
}
