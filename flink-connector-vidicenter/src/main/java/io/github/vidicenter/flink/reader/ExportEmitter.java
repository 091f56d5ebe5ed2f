package io.github.vidicenter.flink.reader;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/** Emits rows, with their event time, and notes in the split's state what is emitted. */
record ExportEmitter<T>(RowTimes rowTimes)
        implements RecordEmitter<ExportElement<T>, T, SplitState> {

    @Override
    public void emitRecord(ExportElement<T> element, SourceOutput<T> output, SplitState state) {
        output.collect(element.row, rowTimes.ofRow(element.periodStart));
        state.emitted(element.rowHash, element.keyHash);
    }
}
