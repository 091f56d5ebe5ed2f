package io.github.vidicenter.simulator.fault;

import java.util.Collection;

/**
 * When a fault happens. Every condition that is set must hold; without any, it happens at every
 * call for an export.
 *
 * <pre>{@code
 * FaultRule.of(new Fault.Status(503, null, false)).phase(Phase.POLL).probability(0.2).times(10)
 * }</pre>
 *
 * @param phase null: any call for an export
 * @param location the request has to hold it; null: any
 * @param dataType null: any
 * @param probability of each call that the other conditions hold for
 * @param skip so many calls that all conditions hold for are let through first
 * @param times at most; 0: no limit
 */
public record FaultRule(
        Fault fault,
        Phase phase,
        Long location,
        String dataType,
        double probability,
        int skip,
        int times) {

    public static FaultRule of(Fault fault) {
        return new FaultRule(fault, null, null, null, 1, 0, 0);
    }

    public FaultRule phase(Phase value) {
        return new FaultRule(fault, value, location, dataType, probability, skip, times);
    }

    public FaultRule location(long value) {
        return new FaultRule(fault, phase, value, dataType, probability, skip, times);
    }

    public FaultRule dataType(String value) {
        return new FaultRule(fault, phase, location, value, probability, skip, times);
    }

    public FaultRule probability(double value) {
        return new FaultRule(fault, phase, location, dataType, value, skip, times);
    }

    public FaultRule skip(int value) {
        return new FaultRule(fault, phase, location, dataType, probability, value, times);
    }

    public FaultRule times(int value) {
        return new FaultRule(fault, phase, location, dataType, probability, skip, value);
    }

    boolean appliesTo(Phase actual, Collection<Long> locations, String type) {
        return (phase == null ? actual != Phase.LIST : phase == actual)
                && (location == null || locations.contains(location))
                && (dataType == null || dataType.equals(type));
    }
}
