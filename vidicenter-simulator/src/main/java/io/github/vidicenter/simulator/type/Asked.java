package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Period;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What the rows of one export are made for and from.
 *
 * @param contentIds the only ones wanted; empty: all
 * @param averageContentDuration in seconds
 * @param extrapolationAmount number of locations to extrapolate to; 0: the average of the sample
 * @param horizon local time up to which a location has uploaded; seconds as if UTC
 */
public record Asked(
        Audience audience,
        Period period,
        Variant variant,
        Set<String> contentIds,
        double averageContentDuration,
        long extrapolationAmount,
        ToLongFunction<Location> horizon) {}
