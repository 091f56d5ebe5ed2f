package io.github.vidicenter.simulator.type;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A column of a data type.
 *
 * @param <S> what a row is made from: a {@link Sighting} or a {@link Tally}
 * @param value null means null
 * @param present in which variants of the export the column is there
 * @param always whether a placeholder row has the value too
 */
record Column<S>(
        String name, Function<S, Object> value, Predicate<Variant> present, boolean always) {

    static <S> Column<S> of(String name, Function<S, Object> value) {
        return new Column<>(name, value, variant -> true, false);
    }

    Column<S> inNewEdition() {
        return when(Variant::newEdition);
    }

    Column<S> inOldEdition() {
        return when(Variant::oldEdition);
    }

    Column<S> when(Predicate<Variant> condition) {
        return new Column<>(name, value, condition, always);
    }

    Column<S> alsoInPlaceholders() {
        return new Column<>(name, value, present, true);
    }
}
