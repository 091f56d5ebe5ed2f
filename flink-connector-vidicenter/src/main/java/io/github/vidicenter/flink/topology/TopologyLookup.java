package io.github.vidicenter.flink.topology;

import io.github.vidicenter.flink.client.TopologyApi;
import io.github.vidicenter.flink.format.ListRowReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.LookupFunction;
import org.apache.flink.table.types.logical.RowType;

/**
 * Looks rows up by their values, with a call for each: the API has no call for a single row. For
 * Flink's partial cache, or for none.
 */
public final class TopologyLookup extends LookupFunction {

    private static final long serialVersionUID = 1L;

    private final TopologyConfig config;
    private final ListRowReader reader;
    private final int[] keys;
    private transient TopologyApi api;
    private transient JvmPermits permits;
    private transient RowData.FieldGetter[] ofRow;
    private transient RowData.FieldGetter[] ofKey;

    /**
     * @param keys indexes of the fields that are looked up
     */
    public TopologyLookup(TopologyConfig config, ListRowReader reader, int[] keys) {
        this.config = config;
        this.reader = reader;
        this.keys = keys;
    }

    @Override
    public void open(FunctionContext context) {
        api = config.open();
        permits = new JvmPermits(config);
        RowType type = reader.type();
        ofRow = new RowData.FieldGetter[keys.length];
        ofKey = new RowData.FieldGetter[keys.length];
        for (int i = 0; i < keys.length; i++) {
            ofRow[i] = RowData.createFieldGetter(type.getTypeAt(keys[i]), keys[i]);
            ofKey[i] = RowData.createFieldGetter(type.getTypeAt(keys[i]), i);
        }
    }

    @Override
    public Collection<RowData> lookup(RowData key) throws IOException {
        try {
            List<RowData> found = new ArrayList<>();
            for (ListReading.Entry entry :
                    new ListReading(config, reader, permits).read(api, new CompletableFuture<>())) {
                if (matches(key, entry.row())) {
                    found.add(entry.row());
                }
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while looking up " + key, e);
        }
    }

    /** NULL is equal to nothing. */
    private boolean matches(RowData key, RowData row) {
        for (int i = 0; i < keys.length; i++) {
            Object wanted = ofKey[i].getFieldOrNull(key);
            if (wanted == null || !Objects.equals(wanted, ofRow[i].getFieldOrNull(row))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        if (api != null) {
            api.close();
        }
        if (permits != null) {
            permits.close();
        }
    }
}
