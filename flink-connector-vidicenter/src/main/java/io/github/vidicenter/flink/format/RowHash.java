package io.github.vidicenter.flink.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * The hash of rows that checkpoints keep: 64 bits, the sum of what each field adds, so that their
 * order in the JSON does not matter and they can be summed up as they come. Values are mixed in
 * with the finalizer of SplitMix64. Part of the state format: a change would let a restored job
 * emit rows again.
 */
final class RowHash {

    static final long EMPTY = 0x9E3779B97F4A7C15L;
    static final long NULL = 0xD1B54A32D192ED03L;

    private RowHash() {}

    static long mix(long hash, long value) {
        long z = (hash ^ value) + EMPTY;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** What a field's value, which is not null, adds to the hash of its row. */
    static long ofField(int field, long valueHash) {
        return mix((field + 1) * NULL, valueHash);
    }

    static long of(CharSequence text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix(EMPTY, hash);
    }

    /** Of a nested value: the order of its keys and the form of its numbers do not matter. */
    static long of(JsonNode value) {
        long hash = value.size();
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                hash += mix(of(field.getKey()), of(field.getValue()));
            }
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                hash = mix(hash, of(element));
            }
        } else if (value.isNumber()) {
            hash = Double.doubleToLongBits(value.doubleValue());
        } else {
            return of(value.asText());
        }
        return mix(NULL, hash);
    }

    static long of(byte[] bytes) {
        long hash = bytes.length;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * 0x100000001B3L;
        }
        return mix(EMPTY, hash);
    }
}
