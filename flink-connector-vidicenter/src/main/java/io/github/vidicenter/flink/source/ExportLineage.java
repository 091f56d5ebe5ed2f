package io.github.vidicenter.flink.source;

import io.github.vidicenter.flink.config.VidiCenterConfig;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;

/** Tells lineage listeners which export of which service a job reads; of the account, nothing. */
record ExportLineage(Boundedness boundedness, List<LineageDataset> datasets)
        implements SourceLineageVertex {

    /**
     * @param namespace root of the API
     * @param name data type and resolution
     */
    record Export(String namespace, String name, Map<String, LineageDatasetFacet> facets)
            implements LineageDataset {}

    static ExportLineage of(VidiCenterConfig config, Boundedness boundedness) {
        return new ExportLineage(
                boundedness,
                List.of(
                        new Export(
                                config.account().url().toString(),
                                config.kind().dataType() + "." + config.kind().resolution(),
                                Map.of())));
    }
}
