package io.github.vidicenter.flink.event;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The first word of a reader: who it is and which splits it holds since its state was restored.
 * What is in flight is rebuilt from these, since no snapshot of the enumerator knows it exactly.
 *
 * @param epoch random, new for each start of a reader; all that it says later carries it, so that
 *     what an earlier attempt said is told apart
 */
public record ReaderHello(long epoch, List<HeldSplit> splits) implements SourceEvent {

    /**
     * @param start start of the split, local time in milliseconds
     */
    public record HeldSplit(String id, long start) implements Serializable {}
}
