package io.github.vidicenter.flink.benchmark.large;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.table.data.RowData;

/** Lets nothing pass, and counts what came. */
final class CountingFilter extends RichFilterFunction<RowData> implements CheckpointListener {

    static final String ROWS = "rows";

    /** Those that were completed while rows came. */
    static final String CHECKPOINTS = "checkpoints";

    private static final long serialVersionUID = 1L;

    private long rows;
    private transient LongCounter count;

    @Override
    public boolean filter(RowData row) {
        if (count == null) {
            count = getRuntimeContext().getLongCounter(ROWS);
            getRuntimeContext().getLongCounter(CHECKPOINTS);
        }
        count.add(1);
        rows++;
        return false;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        if (rows > 0) {
            getRuntimeContext().getLongCounter(CHECKPOINTS).add(1);
        }
    }
}
