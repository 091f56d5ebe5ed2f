package io.github.vidicenter.flink.format;

import java.io.Serializable;
import java.util.List;

/** Where a field of a produced row comes from. */
public sealed interface FieldSource extends Serializable {

    /** A key of the row's JSON. */
    static FieldSource key(String name) {
        return new Key(List.of(name));
    }

    /**
     * @param path a key of the row's JSON, then keys of the objects nested in it
     */
    record Key(List<String> path) implements FieldSource {
        public Key {
            path = List.copyOf(path);
        }

        @Override
        public String toString() {
            return String.join(".", path);
        }
    }

    /**
     * @param column produced in its {@link MetadataColumn#type()}
     */
    record Metadata(MetadataColumn column) implements FieldSource {
        @Override
        public String toString() {
            return column.key();
        }
    }
}
