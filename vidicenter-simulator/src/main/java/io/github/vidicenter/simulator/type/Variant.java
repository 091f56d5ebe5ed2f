package io.github.vidicenter.simulator.type;

/**
 * What decides which columns an export has, beside its type.
 *
 * @param newEdition of the API document
 * @param byDemographics whether {@code group_by_demographics} was asked for
 */
public record Variant(boolean newEdition, boolean byDemographics) {

    boolean oldEdition() {
        return !newEdition;
    }

    boolean plain() {
        return !byDemographics;
    }

    boolean plainOld() {
        return !newEdition && !byDemographics;
    }

    boolean plainNew() {
        return newEdition && !byDemographics;
    }

    /** The condition of what exists in every variant. */
    boolean any() {
        return true;
    }
}
