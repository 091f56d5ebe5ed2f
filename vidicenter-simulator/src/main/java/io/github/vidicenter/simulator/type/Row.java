package io.github.vidicenter.simulator.type;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of an export, before a dialect gives it its looks. Integers are {@code Long}, fractions
 * {@code Double}, times {@code LocalDateTime}, nested values {@code List} and {@code Map}.
 *
 * @param keys shared between rows; not to be changed
 */
public record Row(String[] keys, Object[] values) {

    /** In place of a value: this row does not have the key. */
    public static final Object ABSENT = new Object();

    public static Row of(Map<String, Object> map) {
        return new Row(map.keySet().toArray(String[]::new), map.values().toArray());
    }

    /** Null where there is no such key. */
    public Object get(String key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return values[i] == ABSENT ? null : values[i];
            }
        }
        return null;
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            if (values[i] != ABSENT) {
                map.put(keys[i], values[i]);
            }
        }
        return map;
    }
}
