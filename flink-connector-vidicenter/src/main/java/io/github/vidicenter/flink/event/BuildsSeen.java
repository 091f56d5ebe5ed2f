package io.github.vidicenter.flink.event;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * How long exports took to build. A reader tells of each one that it saw, the enumerator passes it
 * on to the others: what one has learned, none has to find out with polls in vain.
 */
public record BuildsSeen(List<Build> builds) implements SourceEvent {

    /**
     * See {@code BuildTimes.learn}.
     *
     * @param kind equal for exports of the same ids and length
     * @param cells size of the export
     * @param notReadyAt its age at the last poll in vain, in milliseconds; 0: there was none
     * @param readyAt its age at the poll that found it ready, in milliseconds
     */
    public record Build(long kind, long cells, long notReadyAt, long readyAt)
            implements Serializable {}
}
