package io.github.vidicenter.simulator.audience;

import io.github.vidicenter.simulator.model.Location;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A viewer in front of a shelf.
 *
 * @param product index into {@link #PRODUCTS}; touched if {@code touches} is not 0
 * @param putBack how many of the touches did not end in a sale
 * @param poiByPassers how many others passed the point of interest meanwhile
 */
public record Shopper(Viewer viewer, int product, int touches, int putBack, int poiByPassers) {

    public static final List<String> PRODUCTS = List.of("Colour", "Repair", "Thicken");

    /** All viewers of a segment; half of them touch nothing. */
    public static List<Shopper> all(Audience audience, Location location, long segment) {
        SplittableRandom random = audience.random(Audience.Stream.SHOPPERS, location, segment);
        return audience.viewers(location, segment).stream()
                .map(
                        viewer -> {
                            int touches = random.nextBoolean() ? 0 : random.nextInt(1, 4);
                            return new Shopper(
                                    viewer,
                                    random.nextInt(PRODUCTS.size()),
                                    touches,
                                    random.nextInt(touches + 1),
                                    random.nextInt(3));
                        })
                .toList();
    }

    public long time() {
        return viewer.time();
    }

    public boolean touched() {
        return touches > 0;
    }

    /** Estimated. */
    public int sales() {
        return touches - putBack;
    }
}
