package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.audience.Shopper;
import io.github.vidicenter.simulator.audience.Viewer;
import io.github.vidicenter.simulator.model.Location;
import io.github.vidicenter.simulator.model.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** {@code pmp_sales_by_demographics} and {@code pmp_sales_funnel}. */
final class SalesTypes {

    private SalesTypes() {}

    static List<ExportType> all() {
        return List.of(
                finest("pmp_sales_by_demographics", Shopper::touched, saleColumns()),
                aggregated(
                        "pmp_sales_by_demographics",
                        Groups.of("product", Shopper.PRODUCTS),
                        SalesTypes::countByProduct,
                        productColumns()),
                finest("pmp_sales_funnel", shopper -> true, shopperColumns()),
                aggregated(
                        "pmp_sales_funnel",
                        Groups.DEMOGRAPHICS,
                        SalesTypes::countByDemographics,
                        funnelColumns()));
    }

    private static ExportType finest(
            String name, Predicate<Shopper> wanted, List<Column<Sighting<Shopper>>> columns) {
        return new FinestType<>(
                name,
                Variant::plain,
                "period_start",
                Shopper::all,
                Audience::viewerCount,
                Shopper::time,
                (shopper, contents) -> wanted.test(shopper),
                columns);
    }

    private static ExportType aggregated(
            String name,
            Groups groups,
            AggregatedType.Counting counting,
            List<Column<Tally>> columns) {
        return new AggregatedType(
                name,
                Variant::plain,
                Resolution.AGGREGATED,
                Scope.LOCATION,
                AggregatedType.Head.TIME_WITH_T,
                groups,
                counting,
                columns);
    }

    private static void countByProduct(
            Audience audience, Location location, long segment, Tally[] products) {
        for (Shopper shopper : Shopper.all(audience, location, segment)) {
            addTouches(shopper, products[shopper.product()]);
            Demographics.add(shopper.viewer(), shopper.sales(), products[shopper.product()]);
        }
    }

    private static void countByDemographics(
            Audience audience, Location location, long segment, Tally[] groups) {
        for (Shopper shopper : Shopper.all(audience, location, segment)) {
            Viewer viewer = shopper.viewer();
            Tally group = groups[Groups.demographic(viewer.gender(), viewer.age())];
            ViewerTypes.add(viewer, group);
            addTouches(shopper, group);
            group.add(Metric.POI_BY_PASSERS, shopper.poiByPassers());
        }
    }

    private static void addTouches(Shopper shopper, Tally tally) {
        tally.add(Metric.TOUCHES, shopper.touches());
        tally.add(Metric.PUT_BACK, shopper.putBack());
        tally.add(Metric.SALES, shopper.sales());
    }

    private static List<Column<Tally>> productColumns() {
        List<Column<Tally>> columns = new ArrayList<>(touchColumns());
        columns.addAll(Demographics.columns(""));
        return columns;
    }

    private static List<Column<Tally>> funnelColumns() {
        List<Column<Tally>> columns = new ArrayList<>(ViewerTypes.watcherColumns());
        columns.addAll(touchColumns());
        columns.add(Column.of("poi_by_passers", t -> t.get(Metric.POI_BY_PASSERS)));
        return columns;
    }

    private static List<Column<Tally>> touchColumns() {
        return List.of(
                Column.of("estimated_sales", t -> t.get(Metric.SALES)),
                Column.of("product_touches", t -> t.get(Metric.TOUCHES)),
                Column.of("put_back", t -> t.get(Metric.PUT_BACK)));
    }

    private static List<Column<Sighting<Shopper>>> saleColumns() {
        return List.of(
                count("estimated_sales", Shopper::sales),
                Column.of("product", SalesTypes::product),
                count("product_touches", Shopper::touches),
                count("put_back", Shopper::putBack),
                count("gender", shopper -> shopper.viewer().gender()),
                count("age_bracket", shopper -> shopper.viewer().age()));
    }

    private static List<Column<Sighting<Shopper>>> shopperColumns() {
        return List.of(
                count("dwell_time_in_tenths_of_sec", shopper -> shopper.viewer().dwell()),
                count("attention_time_in_tenths_of_sec", shopper -> shopper.viewer().attention()),
                count("estimated_sales", Shopper::sales),
                count("product_touches", Shopper::touches),
                count("put_back", Shopper::putBack),
                Column.of("product", SalesTypes::product),
                count("poi_by_passers", Shopper::poiByPassers),
                count("gender", shopper -> shopper.viewer().gender()),
                count("age", shopper -> shopper.viewer().age()));
    }

    private static Column<Sighting<Shopper>> count(String name, ToLongFunction<Shopper> value) {
        return Column.of(name, s -> value.applyAsLong(s.event()));
    }

    /** Null where nothing was touched. */
    private static String product(Sighting<Shopper> sighting) {
        Shopper shopper = sighting.event();
        return shopper.touched() ? Shopper.PRODUCTS.get(shopper.product()) : null;
    }
}
