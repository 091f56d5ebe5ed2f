package io.github.vidicenter.flink.topology;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The list, and how far it is emitted.
 *
 * @param lastId all rows up to this id are emitted; {@link Long#MIN_VALUE}: none
 */
public record TopologySplit(long lastId) implements SourceSplit {

    static final TopologySplit WHOLE = new TopologySplit(Long.MIN_VALUE);

    @Override
    public String splitId() {
        return "list";
    }

    /** Version 1: the last id. */
    static final class Serializer implements SimpleVersionedSerializer<TopologySplit> {

        private static final int VERSION_1 = 1;

        @Override
        public int getVersion() {
            return VERSION_1;
        }

        @Override
        public byte[] serialize(TopologySplit split) {
            return ByteBuffer.allocate(Long.BYTES).putLong(split.lastId).array();
        }

        @Override
        public TopologySplit deserialize(int version, byte[] bytes) throws IOException {
            if (version != VERSION_1 || bytes.length != Long.BYTES) {
                throw new IOException(
                        "version %d and %d bytes of a list's state are not known: it is of a newer connector"
                                .formatted(version, bytes.length));
            }
            return new TopologySplit(ByteBuffer.wrap(bytes).getLong());
        }
    }
}
