package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.model.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All data types. */
public final class ExportTypes {

    private static final List<ExportType> ALL =
            Stream.of(
                            ViewerTypes.all(),
                            OtsTypes.all(),
                            ExtrapolatedTypes.all(),
                            TrafficTypes.all(),
                            VehicleFootfallTypes.all(),
                            PassageTypes.all(),
                            ImpressionTypes.all(),
                            ProofOfPlayTypes.all(),
                            SalesTypes.all(),
                            RetailTypes.all())
                    .flatMap(List::stream)
                    .toList();

    private ExportTypes() {}

    /** Whether there is such a type at any resolution. */
    public static boolean known(String name, boolean newEdition) {
        return ALL.stream()
                .anyMatch(
                        type ->
                                type.name().equals(documented(name))
                                        && type.exists(new Variant(newEdition, false)));
    }

    public static Optional<ExportType> find(String name, Resolution resolution, Variant variant) {
        return ALL.stream()
                .filter(
                        type ->
                                type.name().equals(documented(name))
                                        && type.resolutions().contains(resolution)
                                        && type.exists(variant))
                .findFirst();
    }

    /** The API document's examples of footfall ask for {@code persons}. */
    private static String documented(String name) {
        return name.equals("persons") ? "footfall" : name;
    }
}
