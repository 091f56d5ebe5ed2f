package io.github.vidicenter.simulator.type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A type's keys: first those that all its rows begin with, then its columns.
 *
 * @param <S> what a row is made from
 */
final class Columns<S> {

    /**
     * @param keys of whole rows
     * @param columns those after the {@code first} keys
     */
    record Layout<S>(String[] keys, int first, List<Column<S>> columns) {

        /** Fills the columns' part of a row. */
        void fill(Object[] row, S source, boolean placeholder) {
            for (int i = 0; i < columns.size(); i++) {
                Column<S> column = columns.get(i);
                row[first + i] =
                        placeholder && !column.always() ? null : column.value().apply(source);
            }
        }
    }

    private final Map<Variant, Layout<S>> layouts = new HashMap<>();

    Columns(List<String> first, List<Column<S>> columns) {
        for (boolean newEdition : new boolean[] {false, true}) {
            for (boolean byDemographics : new boolean[] {false, true}) {
                Variant variant = new Variant(newEdition, byDemographics);
                List<Column<S>> present =
                        columns.stream().filter(c -> c.present().test(variant)).toList();
                List<String> keys = new ArrayList<>(first);
                present.forEach(column -> keys.add(column.name()));
                layouts.put(
                        variant, new Layout<>(keys.toArray(String[]::new), first.size(), present));
            }
        }
    }

    @SafeVarargs
    static <S> List<Column<S>> with(List<Column<S>> columns, Column<S>... more) {
        List<Column<S>> all = new ArrayList<>(columns);
        all.addAll(List.of(more));
        return all;
    }

    Layout<S> in(Variant variant) {
        return layouts.get(variant);
    }
}
