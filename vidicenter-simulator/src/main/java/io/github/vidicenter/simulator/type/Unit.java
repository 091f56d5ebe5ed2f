package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.model.Location;
import java.util.List;

/**
 * What an export has one row per bucket (and group) of: a location, a site's locations, or all.
 *
 * @param id of the location or site; 0 where rows carry none
 */
public record Unit(long id, List<Location> locations) {}
