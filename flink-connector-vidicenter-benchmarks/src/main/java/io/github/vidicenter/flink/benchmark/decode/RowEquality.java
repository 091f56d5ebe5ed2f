package io.github.vidicenter.flink.benchmark.decode;

import io.github.vidicenter.flink.format.ExportRows;
import org.apache.flink.table.data.RowData;

/** Speed counts only where the rows are right. */
public final class RowEquality {

    private RowEquality() {}

    /**
     * Decodes the export with the connector and with both of Flink's ways.
     *
     * @return how many rows there are
     * @throws IllegalStateException if a row differs, or their number does
     */
    public static int check() throws Exception {
        ViewersExport export = ViewersExport.create();
        var tree = Decoders.flinkTree(Decoders.ALL);
        var parser = Decoders.flinkParser(Decoders.ALL);
        int rows = 0;
        try (ExportRows<RowData> connector = Decoders.connector(export.body(), Decoders.ALL)) {
            for (byte[] text : export.rows()) {
                RowData row = connector.next() ? connector.row() : null;
                RowData byTree = tree.deserialize(text);
                RowData byParser = parser.deserialize(text);
                if (!byTree.equals(row) || !byParser.equals(row)) {
                    throw new IllegalStateException(
                            "row %d, %s, is%n%s here and%n%s, %s in Flink"
                                    .formatted(rows, new String(text), row, byTree, byParser));
                }
                rows++;
            }
            if (connector.next()) {
                throw new IllegalStateException("more rows than the export has");
            }
        }
        return rows;
    }
}
