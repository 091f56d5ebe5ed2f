package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Audience;
import io.github.vidicenter.simulator.audience.Viewer;
import io.github.vidicenter.simulator.model.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Columns of {@code targeted_im}: the multiplier, split by gender and years of age as the watchers
 * of the hour are. Children under twelve and watchers of unknown gender don't count.
 */
final class TargetedImpressions {

    private static final List<String> BRACKETS =
            List.of("12_17", "18_24", "25_34", "35_44", "45_54", "55_64", "65_plus");
    private static final int[] FROM = {12, 18, 25, 35, 45, 55, 65};
    private static final int[] MALE = parts(0);
    private static final int[] FEMALE = parts(1);
    private static final int[] ALL = IntStream.range(0, 2 * BRACKETS.size()).toArray();

    private TargetedImpressions() {}

    static void count(Audience audience, Location location, long segment, Tally[] groups) {
        VehicleFootfallTypes.count(audience, location, segment, groups);
        for (Viewer viewer : audience.viewers(location, segment)) {
            if (viewer.gender() > 0 && viewer.years() >= FROM[0]) {
                int[] parts = viewer.gender() == 1 ? MALE : FEMALE;
                groups[0].addPart(parts[bracket(viewer.years())], 1);
            }
        }
    }

    static List<Column<Tally>> columns() {
        List<Column<Tally>> columns = new ArrayList<>();
        columns.add(Column.of("im", t -> Tally.rounded(ImpressionTypes.iab(t))));
        for (int i = 0; i < BRACKETS.size(); i++) {
            String name = "_age_" + BRACKETS.get(i) + "_im";
            columns.add(share("all" + name, MALE[i], FEMALE[i]));
            columns.add(share("male" + name, MALE[i]));
            columns.add(share("female" + name, FEMALE[i]));
        }
        columns.add(share("male_total_im", MALE));
        columns.add(share("female_total_im", FEMALE));
        return columns;
    }

    private static Column<Tally> share(String name, int... parts) {
        return Column.of(
                name,
                t -> {
                    double watchers = sum(t, ALL);
                    double share = watchers == 0 ? 0 : sum(t, parts) / watchers;
                    return Math.round(ImpressionTypes.iab(t) * share * 10_000) / 10_000.0;
                });
    }

    private static long sum(Tally tally, int[] parts) {
        return Arrays.stream(parts).mapToLong(tally::part).sum();
    }

    private static int bracket(int years) {
        int found = Arrays.binarySearch(FROM, years);
        return found < 0 ? -found - 2 : found;
    }

    private static int[] parts(int gender) {
        return IntStream.range(0, BRACKETS.size()).map(i -> gender * BRACKETS.size() + i).toArray();
    }
}
