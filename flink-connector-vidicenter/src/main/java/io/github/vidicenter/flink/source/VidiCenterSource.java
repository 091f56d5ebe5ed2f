package io.github.vidicenter.flink.source;

import io.github.vidicenter.flink.client.HttpAccess;
import io.github.vidicenter.flink.client.HttpTopologyApi;
import io.github.vidicenter.flink.client.TopologyApi;
import io.github.vidicenter.flink.config.VidiCenterConfig;
import io.github.vidicenter.flink.enumerator.EnumeratorState;
import io.github.vidicenter.flink.enumerator.EnumeratorStateSerializer;
import io.github.vidicenter.flink.enumerator.ScanPlan;
import io.github.vidicenter.flink.enumerator.TopologyAccess;
import io.github.vidicenter.flink.enumerator.VidiCenterEnumerator;
import io.github.vidicenter.flink.format.VidiCenterDeserializer;
import io.github.vidicenter.flink.quota.AccountQuota;
import io.github.vidicenter.flink.quota.AccountQuotas;
import io.github.vidicenter.flink.reader.RowTimes;
import io.github.vidicenter.flink.reader.VidiCenterSourceReader;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.split.ExportSplitSerializer;
import java.time.Clock;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;

/**
 * Reads the exports of a VidiCenter account, window by window, and emits its own watermarks: when
 * all rows with {@code period_start < t} are delivered, Watermark(t − 1 ms). Use it with {@code
 * WatermarkStrategy.noWatermarks()}.
 *
 * <pre>{@code
 * VidiCenterSource<RowData> viewers = VidiCenterSource.<RowData>builder()
 *         .setUsername("me")
 *         .setTokenFile("/run/secrets/vidicenter")
 *         .setDataType("viewers")
 *         .setTimeResolution("5m")
 *         .setLocations(1056, 1057)
 *         .setRowType(DataTypes.ROW(
 *                 DataTypes.FIELD("period_start", DataTypes.TIMESTAMP(3)),
 *                 DataTypes.FIELD("watcher_count", DataTypes.BIGINT())))
 *         .build();
 * env.fromSource(viewers, WatermarkStrategy.noWatermarks(), "viewers");
 * }</pre>
 */
@PublicEvolving
public final class VidiCenterSource<T>
        implements Source<T, ExportSplit, EnumeratorState>,
                ResultTypeQueryable<T>,
                LineageVertexProvider {

    private static final long serialVersionUID = 1L;

    private final VidiCenterConfig config;
    private final VidiCenterDeserializer<T> deserializer;
    private final RowTimes rowTimes;

    /**
     * @param config checked options, see {@code ConfigReader}
     * @param rowTimes how local times become event time
     */
    @Internal
    public VidiCenterSource(
            VidiCenterConfig config, VidiCenterDeserializer<T> deserializer, RowTimes rowTimes) {
        this.config = config;
        this.deserializer = deserializer;
        this.rowTimes = rowTimes;
    }

    public static <T> VidiCenterSourceBuilder<T> builder() {
        return new VidiCenterSourceBuilder<>();
    }

    @Override
    public Boundedness getBoundedness() {
        return config.isBounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Internal
    @Override
    public SourceReader<T, ExportSplit> createReader(SourceReaderContext context) {
        return VidiCenterSourceReader.create(config, deserializer, rowTimes, context);
    }

    @Internal
    @Override
    public SplitEnumerator<ExportSplit, EnumeratorState> createEnumerator(
            SplitEnumeratorContext<ExportSplit> context) {
        return new VidiCenterEnumerator(
                context, ScanPlan.begin(config, Clock.systemUTC()), quota(), topology(), null);
    }

    @Internal
    @Override
    public SplitEnumerator<ExportSplit, EnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<ExportSplit> context, EnumeratorState state) {
        return new VidiCenterEnumerator(
                context,
                ScanPlan.resume(config, state, Clock.systemUTC()),
                quota(),
                topology(),
                state);
    }

    @Internal
    @Override
    public SimpleVersionedSerializer<ExportSplit> getSplitSerializer() {
        return new ExportSplitSerializer();
    }

    @Internal
    @Override
    public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
        return new EnumeratorStateSerializer();
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return deserializer.getProducedType();
    }

    @Override
    public LineageVertex getLineageVertex() {
        return ExportLineage.of(config, getBoundedness());
    }

    private TopologyAccess topology() {
        return TopologyAccess.of(config, () -> openTopology(config));
    }

    /** The JobManager's own directories are not told, and few accounts have such lists. */
    private static TopologyApi openTopology(VidiCenterConfig config) {
        VidiCenterConfig.Account account = config.account();
        return new HttpTopologyApi(
                new HttpAccess(
                        account.url(),
                        account.username(),
                        account.token(),
                        config.protocol().connectTimeout(),
                        config.protocol().requestTimeout()));
    }

    private AccountQuota quota() {
        return AccountQuotas.of(config.account().url(), config.account().username());
    }
}
