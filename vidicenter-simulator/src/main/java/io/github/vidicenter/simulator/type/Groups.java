package io.github.vidicenter.simulator.type;

import io.github.vidicenter.simulator.audience.Contents;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a bucket's rows are told apart by.
 *
 * @param columns their names
 * @param values of each group, in the order in which a type numbers its tallies
 */
record Groups(List<String> columns, List<List<Object>> values) {

    static final Groups NONE = new Groups(List.of(), List.of(List.of()));
    static final Groups DEMOGRAPHICS = demographics();
    static final Groups CONTENTS =
            new Groups(List.of("content_id"), Contents.IDS.stream().map(List::<Object>of).toList());

    static final int AGES = 5;

    static int demographic(int gender, int age) {
        return gender * AGES + age;
    }

    static Groups of(String column, List<?> values) {
        return new Groups(List.of(column), values.stream().map(List::<Object>of).toList());
    }

    private static Groups demographics() {
        List<List<Object>> values = new ArrayList<>();
        for (long gender = 0; gender < 3; gender++) {
            for (long age = 0; age < AGES; age++) {
                values.add(List.of(gender, age));
            }
        }
        return new Groups(List.of("gender", "age"), values);
    }

    /** The numbers of those groups that are wanted, given the contents asked for (none: all). */
    int[] wanted(Set<String> contentIds) {
        int content = columns.indexOf("content_id");
        return IntStream.range(0, values.size())
                .filter(
                        i ->
                                content < 0
                                        || contentIds.isEmpty()
                                        || contentIds.contains(values.get(i).get(content)))
                .toArray();
    }
}
