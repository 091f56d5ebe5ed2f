package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.model.Location;

/** An event and where it was seen. */
record Sighting<E>(Location location, E event) {}
