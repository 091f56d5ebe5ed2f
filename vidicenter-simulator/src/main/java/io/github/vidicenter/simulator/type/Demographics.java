package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Viewer;
import java.util.ArrayList;
import java.util.List;

/** Columns of counts by gender and age, and of those whose gender or age is unknown. */
final class Demographics {

    private static final List<String> AGES = List.of("child", "young_adult", "adult", "senior");
    private static final List<String> GENDERS = List.of("male", "female");
    private static final int MASKED = 0;

    private Demographics() {}

    static void add(Viewer viewer, long amount, Tally tally) {
        boolean masked = viewer.gender() == 0 || viewer.age() == 0;
        tally.addPart(masked ? MASKED : Groups.demographic(viewer.gender(), viewer.age()), amount);
    }

    /** The columns of what was added. */
    static List<Column<Tally>> columns(String prefix) {
        List<Column<Tally>> columns = new ArrayList<>();
        columns.add(Column.of(prefix + "masked", t -> t.part(MASKED)));
        for (int gender = 0; gender < GENDERS.size(); gender++) {
            for (int age = 0; age < AGES.size(); age++) {
                int part = Groups.demographic(gender + 1, age + 1);
                columns.add(
                        Column.of(
                                prefix + AGES.get(age) + "_" + GENDERS.get(gender),
                                t -> t.part(part)));
            }
        }
        return columns;
    }
}
