package io.github.vidicenter.flink.job;

import io.github.vidicenter.flink.source.VidiCenterSourceBuilder;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/** A fault, and what a job is told and expected to make of it. */
final class FaultCase {

    private static final LocalDateTime MONDAY = LocalDateTime.parse("2024-03-04T00:00:00");

    /** For {@code -Dfault.only}. */
    final String id;

    /** As documentation says it. */
    final String name;

    /** What is done to the server before the job runs. */
    final Consumer<FaultRound> server;

    Consumer<FaultRound> during = round -> {};
    Consumer<VidiCenterSourceBuilder<?>> options = source -> {};
    List<Long> delivered = List.of(1L, 2L, 3L);
    LocalDateTime start = MONDAY;
    ZoneId zone;
    boolean refusals;
    int taskFailures;
    boolean slow;
    boolean oneReader;

    private FaultCase(String id, String name, Consumer<FaultRound> server) {
        this.id = id;
        this.name = name;
        this.server = server;
    }

    static FaultCase of(String id, String name, Consumer<FaultRound> server) {
        return new FaultCase(id, name, server);
    }

    /** What is done while the job runs. */
    FaultCase during(Consumer<FaultRound> action) {
        during = action;
        return this;
    }

    /** What the job is told beyond the usual. */
    FaultCase options(Consumer<VidiCenterSourceBuilder<?>> more) {
        options = more;
        return this;
    }

    /** Rows of these locations are to come; the others are skipped. */
    FaultCase delivers(Long... locations) {
        delivered = List.of(locations);
        return this;
    }

    /** A day's scan whose rows have instants for times. */
    FaultCase at(String startOfScan, String zoneOfData) {
        start = LocalDateTime.parse(startOfScan);
        zone = ZoneId.of(zoneOfData);
        return this;
    }

    /** The server may answer 429 on its own, since somebody else takes its limits. */
    FaultCase withRefusals() {
        refusals = true;
        return this;
    }

    /** So often a task fails in mid-job. */
    FaultCase withTaskFailures(int failures) {
        taskFailures = failures;
        return this;
    }

    /** Others may start in mid-fault, as between the change of a token here and there. */
    FaultCase withOneReader() {
        oneReader = true;
        return this;
    }

    /** It takes minutes, so only {@code -Dfault.slow=true} runs it. */
    FaultCase slowly() {
        slow = true;
        return this;
    }

    LocalDateTime end() {
        return start.plusDays(1);
    }

    @Override
    public String toString() {
        return id;
    }
}
