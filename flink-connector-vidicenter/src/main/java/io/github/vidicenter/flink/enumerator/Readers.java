package io.github.vidicenter.flink.enumerator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** The readers that have said hello, by epoch. Those that leave are not spoken to any more. */
public final class Readers {

    private final SplitEnumeratorContext<?> context;
    private final Map<Long, ReaderId> byEpoch = new HashMap<>();
    private final Set<Long> leaving = new HashSet<>();

    public Readers(SplitEnumeratorContext<?> context) {
        this.context = context;
    }

    public void hello(ReaderId reader, long epoch) {
        byEpoch.put(epoch, reader);
    }

    boolean knows(long epoch) {
        return get(epoch) != null;
    }

    ReaderId get(long epoch) {
        return leaving.contains(epoch) ? null : byEpoch.get(epoch);
    }

    Collection<ReaderId> all() {
        return byEpoch.keySet().stream().map(this::get).filter(Objects::nonNull).toList();
    }

    /** Those that can be given something. */
    Stream<ReaderId> registered() {
        return all().stream().filter(reader -> reader.isRegistered(context));
    }

    /**
     * Sends an event; to a reader that is not there it would fail the job.
     *
     * @return whether it is there
     */
    boolean send(ReaderId reader, SourceEvent event) {
        boolean registered = reader.isRegistered(context);
        if (registered) {
            reader.send(context, event);
        }
        return registered;
    }

    /** The reader is about to fail; what it has in flight is its own until it is forgotten. */
    void leave(long epoch) {
        if (byEpoch.containsKey(epoch)) {
            leaving.add(epoch);
        }
    }

    /**
     * Forgets readers that Flink does not have any more.
     *
     * @return their epochs
     */
    List<Long> forgetUnregistered() {
        return forget(reader -> !reader.isRegistered(context));
    }

    /**
     * Forgets all attempts of a subtask.
     *
     * @return their epochs
     */
    public List<Long> forgetSubtask(int subtask) {
        return forget(reader -> reader.subtask() == subtask);
    }

    private List<Long> forget(Predicate<ReaderId> gone) {
        List<Long> epochs = new ArrayList<>();
        byEpoch.entrySet()
                .removeIf(
                        reader -> {
                            boolean remove = gone.test(reader.getValue());
                            if (remove) {
                                epochs.add(reader.getKey());
                                leaving.remove(reader.getKey());
                            }
                            return remove;
                        });
        return epochs;
    }
}
