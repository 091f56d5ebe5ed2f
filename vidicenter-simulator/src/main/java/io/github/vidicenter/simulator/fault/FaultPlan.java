package io.github.vidicenter.simulator.fault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The faults to come. The first rule that applies decides. Thread-safe. */
public final class FaultPlan {

    private static final class Planned {
        private final FaultRule rule;
        private int seen;
        private int happened;

        private Planned(FaultRule rule) {
            this.rule = rule;
        }

        private boolean isSpent() {
            return rule.times() > 0 && happened >= rule.times();
        }
    }

    private final List<Planned> planned = new ArrayList<>();
    private final Random random;
    private long happened;

    /**
     * @param seed what chance follows from
     */
    public FaultPlan(long seed) {
        random = new Random(seed);
    }

    public synchronized FaultPlan add(FaultRule rule) {
        planned.add(new Planned(rule));
        return this;
    }

    /** Forgets all rules. */
    public synchronized void clear() {
        planned.clear();
    }

    /** Faults that have happened so far. */
    public synchronized long happened() {
        return happened;
    }

    /** The fault of a call, if any. */
    public synchronized Optional<Fault> next(
            Phase phase, Collection<Long> locations, String dataType) {
        for (Planned each : planned) {
            FaultRule rule = each.rule;
            if (!each.isSpent()
                    && rule.appliesTo(phase, locations, dataType)
                    && random.nextDouble() < rule.probability()
                    && each.seen++ >= rule.skip()) {
                each.happened++;
                happened++;
                return Optional.of(rule.fault());
            }
        }
        return Optional.empty();
    }
}
