package io.github.vidicenter.flink.topology;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.vidicenter.flink.client.LocationStatus;
import io.github.vidicenter.flink.client.TopologyRows;
import io.github.vidicenter.flink.client.TopologyTestRows;
import io.github.vidicenter.flink.format.ExportDecodeException;
import io.github.vidicenter.flink.format.ListRowReader;
import java.io.IOException;
import org.apache.flink.table.types.logical.RowType;

/** Any bytes for a list become rows and locations, or one of two exceptions. */
class TopologyFuzzTest {

    private static final int ERROR = -1;

    @FuzzTest(maxDuration = "10m")
    void becomesRowsOrAnError(FuzzedDataProvider data) {
        TopologyTable table = data.pickValue(TopologyTable.values());
        byte[] body = data.consumeRemainingAsBytes();

        int rows = rows(new ListRowReader(type(table)), body);
        int locations = locations(body);

        if (rows != ERROR && (locations == ERROR || locations > rows)) {
            throw new AssertionError(locations + " locations in " + rows + " rows");
        }
    }

    private static int rows(ListRowReader reader, byte[] body) {
        int count = 0;
        try (TopologyRows rows = TopologyTestRows.of(body)) {
            for (ObjectNode row = rows.next(); row != null; row = rows.next()) {
                reader.read(row);
                count++;
            }
            return count;
        } catch (IOException | ExportDecodeException documented) {
            return ERROR;
        }
    }

    private static int locations(byte[] body) {
        try (TopologyRows rows = TopologyTestRows.of(body)) {
            return LocationStatus.readAll(rows).size();
        } catch (IOException documented) {
            return ERROR;
        }
    }

    private static RowType type(TopologyTable table) {
        return new RowType(
                table.columns().stream()
                        .map(column -> new RowType.RowField(column.name(), column.type()))
                        .toList());
    }
}
