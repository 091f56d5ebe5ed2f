package io.github.vidicenter.simulator.audience;

import java.util.List;

/**
 * A part of a shop that retail analytics watch.
 *
 * @param threshold shortest presence of a qualified visit, in milliseconds
 */
public record Zone(long id, String name, int threshold) {

    /** Regular and carpet zones, which people visit. */
    public static final List<Zone> VISITED =
            List.of(
                    new Zone(60, "Checkout zone", 4_000),
                    new Zone(61, "Aisle 3", 3_000),
                    new Zone(62, "Promo carpet", 3_000));

    public static final Zone DISPLAY = new Zone(72, "Endcap display", 0);
    public static final Zone DOORWAY = new Zone(85, "Main entrance", 0);
}
