package io.github.vidicenter.flink.topology;

import io.github.vidicenter.flink.format.ListRowReader;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.quota.AccountQuotas;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;

/**
 * A list of the topology as it is when the job runs: one call, counted as the exports' calls are.
 */
@Internal
public final class TopologySource
        implements Source<RowData, TopologySplit, TopologySplit>, ResultTypeQueryable<RowData> {

    private static final long serialVersionUID = 1L;

    private final TopologyConfig config;
    private final ListRowReader rows;

    public TopologySource(TopologyConfig config, ListRowReader rows) {
        this.config = config;
        this.rows = rows;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<RowData, TopologySplit> createReader(SourceReaderContext context) {
        return TopologyReader.create(config, rows, context);
    }

    @Override
    public SplitEnumerator<TopologySplit, TopologySplit> createEnumerator(
            SplitEnumeratorContext<TopologySplit> context) {
        return new TopologyEnumerator(context, quota(), config, TopologySplit.WHOLE);
    }

    @Override
    public SplitEnumerator<TopologySplit, TopologySplit> restoreEnumerator(
            SplitEnumeratorContext<TopologySplit> context, TopologySplit unassigned) {
        return new TopologyEnumerator(context, quota(), config, unassigned);
    }

    @Override
    public SimpleVersionedSerializer<TopologySplit> getSplitSerializer() {
        return new TopologySplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<TopologySplit> getEnumeratorCheckpointSerializer() {
        return new UnassignedSerializer();
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return InternalTypeInfo.of(rows.type());
    }

    private AccountQuota quota() {
        return AccountQuotas.of(config.account().url(), config.account().username());
    }

    /** No bytes where a reader has the split. */
    private static final class UnassignedSerializer
            implements SimpleVersionedSerializer<TopologySplit> {

        private final TopologySplit.Serializer splits = new TopologySplit.Serializer();

        @Override
        public int getVersion() {
            return splits.getVersion();
        }

        @Override
        public byte[] serialize(TopologySplit split) {
            return split == null ? new byte[0] : splits.serialize(split);
        }

        @Override
        public TopologySplit deserialize(int version, byte[] bytes) throws IOException {
            return bytes.length == 0 ? null : splits.deserialize(version, bytes);
        }
    }
}
