package io.github.vidicenter.flink.enumerator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The readers that have said hello, by epoch. */
final class Readers {

    private final Map<Long, ReaderId> byEpoch = new HashMap<>();

    void hello(ReaderId reader, long epoch) {
        byEpoch.put(epoch, reader);
    }

    boolean knows(long epoch) {
        return byEpoch.containsKey(epoch);
    }

    ReaderId get(long epoch) {
        return byEpoch.get(epoch);
    }

    void forget(long epoch) {
        byEpoch.remove(epoch);
    }

    Collection<ReaderId> all() {
        return List.copyOf(byEpoch.values());
    }

    /**
     * Forgets readers.
     *
     * @return their epochs
     */
    List<Long> removeIf(Predicate<ReaderId> gone) {
        List<Long> epochs = new ArrayList<>();
        byEpoch.entrySet()
                .removeIf(
                        reader -> {
                            boolean remove = gone.test(reader.getValue());
                            if (remove) {
                                epochs.add(reader.getKey());
                            }
                            return remove;
                        });
        return epochs;
    }
}
