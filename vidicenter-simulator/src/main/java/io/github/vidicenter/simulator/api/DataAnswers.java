package io.github.vidicenter.simulator.api;

import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.export.Dataset;
import io.github.vidicenter.simulator.export.ExportJobs;
import io.github.vidicenter.simulator.export.ExportQuery;
import io.github.vidicenter.simulator.export.ExportRows;
import io.github.vidicenter.simulator.export.ExportState;
import io.github.vidicenter.simulator.http.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Answers calls for exports, {@code data/}. */
final class DataAnswers {

    private final Dataset data;
    private final ExportJobs jobs;
    private final Supplier<Set<Dialect>> dialect;
    private final long seed;
    private final AtomicLong downloads = new AtomicLong();
    private final LongAdder rowsServed = new LongAdder();

    DataAnswers(Dataset data, ExportJobs jobs, Supplier<Set<Dialect>> dialect, long seed) {
        this.data = data;
        this.jobs = jobs;
        this.dialect = dialect;
        this.seed = seed;
    }

    /**
     * Makes the call.
     *
     * @param statusOnly whether to leave out the rows
     */
    Answer answer(ExportQuery query, boolean forceRebuild, boolean statusOnly) {
        Set<Dialect> spoken = dialect.get();
        ExportState state =
                jobs.ask(
                        query,
                        forceRebuild,
                        () ->
                                data.rows(
                                        query,
                                        !spoken.contains(Dialect.END_EXCLUSIVE),
                                        spoken.contains(Dialect.MONDAY_WEEKS)));
        return answer(query, state, statusOnly);
    }

    /** Answers as if the last rebuild had not been asked for, if there was one. */
    Answer answerBeforeRebuild(ExportQuery query, boolean forceRebuild, boolean statusOnly) {
        return jobs.beforeRebuild(query)
                .map(old -> answer(query, old, statusOnly))
                .orElseGet(() -> answer(query, forceRebuild, statusOnly));
    }

    private Answer answer(ExportQuery query, ExportState state, boolean statusOnly) {
        if (state instanceof ExportState.Refused) {
            return Answer.error(429, "Too many exports in parallel");
        }
        if (state instanceof ExportState.Finished finished && !statusOnly) {
            jobs.downloading(query);
            return answer(query, fields("finished", finished.creationDate()), finished.rows());
        }
        return answer(query, fields(state), null);
    }

    /**
     * @param rows null: no {@code data}
     */
    Answer answer(ExportQuery query, Map<String, Object> fields, ExportRows rows) {
        AnswerWriter writer =
                new AnswerWriter(
                        dialect.get(), query, seed + downloads.getAndIncrement(), rowsServed::add);
        return new Answer(
                200, "application/json", Map.of(), out -> writer.write(out, fields, rows));
    }

    long rowsServed() {
        return rowsServed.sum();
    }

    private static Map<String, Object> fields(ExportState state) {
        if (state instanceof ExportState.InProgress progress) {
            return fields("in_progress", progress.creationDate());
        }
        if (state instanceof ExportState.Finished finished) {
            return fields("finished", finished.creationDate());
        }
        if (state instanceof ExportState.Failed failed) {
            Map<String, Object> fields = fields("failed", failed.creationDate());
            if (failed.reason() != null) {
                fields.put("fail_reason", failed.reason());
            }
            return fields;
        }
        // As printed, the first answer tells no date.
        return fields("started", null);
    }

    static Map<String, Object> fields(String state, String creationDate) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", state);
        if (creationDate != null) {
            fields.put("creation_date", creationDate);
        }
        return fields;
    }
}
