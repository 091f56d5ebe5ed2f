package io.github.vidicenter.flink.job;

import io.github.vidicenter.flink.source.VidiCenterSourceBuilder;
import io.github.vidicenter.simulator.Dialect;
import io.github.vidicenter.simulator.fault.Fault;
import io.github.vidicenter.simulator.fault.FaultRule;
import io.github.vidicenter.simulator.fault.Phase;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All faults that a job has to bear, each alone, and mixtures of them. */
final class FaultMatrix {

    private FaultMatrix() {}

    static Stream<FaultCase> all() {
        return Stream.of(statuses(), answers(), transport(), exports(), account(), times(), mixed())
                .flatMap(List::stream);
    }

    private static List<FaultCase> statuses() {
        return List.of(
                once("429-seconds", "429, `Retry-After` in seconds", status(429, "1", false)),
                once("429-date", "429, `Retry-After` as a date", FaultMatrix::inASecond),
                once("429-zero", "429, `Retry-After: 0`", status(429, "0", false)),
                once("429-none", "429 without `Retry-After`", status(429, null, false)),
                once("429-html", "429 with a web page as body", status(429, "1", true)),
                FaultCase.of(
                                "429-huge",
                                "429, `Retry-After` of 30,000 years (ten minutes are waited)",
                                rule(status(429, "999999999999", false).get(), 1))
                        .slowly(),
                once("500", "500 with a web page", status(500, null, true)),
                once("502", "502", status(502, null, false)),
                once("503", "503 with `Retry-After`", status(503, "1", false)));
    }

    private static List<FaultCase> answers() {
        return List.of(
                once("html-200", "a web page with status 200", Fault.Page::new),
                once("unknown-state", "an unknown `state`", () -> new Fault.OtherState("resting")),
                once("no-state", "no `state`", () -> new Fault.OtherState(null)),
                FaultCase.of(
                        "back-to-started",
                        "back from `in_progress` to `started`",
                        round -> {
                            round.add(FaultRule.of(new Fault.Stuck(second())).phase(Phase.START));
                            round.rule(new Fault.OtherState("started"), Phase.POLL, 2);
                        }),
                once("no-data", "`finished` without `data`", Fault.WithoutData::new),
                FaultCase.of(
                        "status-for-state",
                        "`status` in place of `state`, all along",
                        round ->
                                round.server.dialect(
                                        Dialect.STATUS_FOR_STATE,
                                        Dialect.ROWS_SHUFFLED,
                                        Dialect.DATA_FIRST)));
    }

    private static List<FaultCase> transport() {
        return List.of(
                FaultCase.of("refused", "connections refused for a while", round -> {})
                        .during(FaultRound::restartServer)
                        .options(FaultMatrix::manyExports),
                once("reset", "reset before the answer", () -> new Fault.Reset(false)),
                once("reset-in-body", "reset within the body", () -> new Fault.Reset(true)),
                once("hang", "no answer, the connection open", Fault.Hang::new)
                        .options(FaultMatrix::impatient),
                once("trickle", "one byte a second", () -> new Fault.Slow(second()))
                        .options(FaultMatrix::impatient),
                once("cut-chunks", "cut, the last chunk missing", cut(Fault.Cut.CHUNKS)),
                once(
                        "cut-length",
                        "cut, less than `Content-Length`",
                        cut(Fault.Cut.CONTENT_LENGTH)),
                once("cut-json", "cut, of the right length", cut(Fault.Cut.JSON)),
                once("cut-gzip", "half of a gzip stream", cut(Fault.Cut.GZIP)),
                once("broken-gzip", "a damaged byte in a gzip stream", Fault.BrokenGzip::new));
    }

    private static List<FaultCase> exports() {
        return List.of(
                once("failed", "`failed`, with a reason", () -> new Fault.FailedExport("memory")),
                once("failed-no-reason", "`failed`, no reason", () -> new Fault.FailedExport(null)),
                FaultCase.of(
                                "failed-location",
                                "`failed` always for one location, `skip`",
                                round -> round.rule(new Fault.FailedExport("camera"), 2L))
                        .options(FaultMatrix::skipSoon)
                        .delivers(1L, 3L),
                once("stuck", "built for a second longer", () -> new Fault.Stuck(second())),
                FaultCase.of(
                                "stuck-for-long",
                                "built for an hour, until `export.timeout`",
                                round -> round.rule(new Fault.Stuck(Duration.ofHours(1)), null, 1))
                        .options(b -> b.setExportTimeout(Duration.ofSeconds(2))),
                once("forgotten", "dropped from the cache between polls", Fault.Forgotten::new),
                FaultCase.of(
                        "old-export",
                        "the old export after a rebuild was asked for",
                        round -> {
                            round.rule(new Fault.FailedExport("once"), Phase.START, 1);
                            round.add(FaultRule.of(new Fault.OldExport()).skip(4).times(6));
                        }),
                FaultCase.of(
                                "too-many-rows",
                                "more rows than an export may have",
                                round ->
                                        round.server.limits(round.server.limits().withRows(20, 20)))
                        .options(b -> b.setExportMaxAttempts(2)));
    }

    private static List<FaultCase> account() {
        List<FaultCase> cases = new ArrayList<>();
        for (int status : new int[] {400, 403, 404}) {
            cases.add(
                    FaultCase.of(
                                    status + "-location",
                                    status + " for one location, `skip`",
                                    round -> round.rule(status(status, null, false).get(), 2L))
                            .options(FaultMatrix::skipSoon)
                            .delivers(1L, 3L));
        }
        cases.add(
                FaultCase.of("401", "401 in mid-run, a new token in the file", round -> {})
                        .during(FaultRound::changeToken)
                        .withOneReader()
                        .options(FaultMatrix::manyExports));
        cases.add(
                FaultCase.of(
                                "foreign-slots",
                                "two of three slots taken by somebody else; a fourth start refused",
                                FaultRound::takeTwoSlots)
                        .withRefusals());
        return cases;
    }

    private static List<FaultCase> times() {
        return List.of(
                quiet("clocks-forward", "clocks go forward").at("2024-03-31T00:00", "Europe/Paris"),
                quiet("clocks-back", "clocks go back").at("2024-10-27T00:00", "Europe/Paris"),
                quiet("half-hour-clocks", "clocks change by half an hour")
                        .at("2024-04-07T00:00", "Australia/Lord_Howe"),
                quiet("leap-day", "29 February, +05:45").at("2024-02-29T00:00", "Asia/Kathmandu"),
                quiet("year-end", "31 December, −09:30")
                        .at("2024-12-31T00:00", "Pacific/Marquesas"));
    }

    /** Faults that take no second each. */
    private static List<FaultCase> mixed() {
        List<Fault> quick =
                List.of(
                        status(429, "0", false).get(),
                        status(503, null, true).get(),
                        new Fault.Page(),
                        new Fault.OtherState("resting"),
                        new Fault.OtherState("started"),
                        new Fault.WithoutData(),
                        new Fault.Reset(false),
                        new Fault.Reset(true),
                        new Fault.Truncated(Fault.Cut.CHUNKS),
                        new Fault.Truncated(Fault.Cut.JSON),
                        new Fault.Truncated(Fault.Cut.GZIP),
                        new Fault.FailedExport("memory"),
                        new Fault.Stuck(Duration.ofMillis(300)),
                        new Fault.Forgotten());
        Consumer<FaultRound> mixture = round -> round.mix(quick);
        Consumer<VidiCenterSourceBuilder<?>> patient = b -> b.setExportMaxAttempts(30);
        return List.of(
                FaultCase.of("mixture", "a mixture of these", mixture).options(patient),
                quiet("task-failures", "tasks that fail between two checkpoints")
                        .withTaskFailures(3),
                FaultCase.of("mixture-and-task-failures", "a mixture, and tasks that fail", mixture)
                        .options(patient)
                        .withTaskFailures(3));
    }

    private static FaultCase once(String id, String name, Supplier<Fault> fault) {
        return FaultCase.of(
                id,
                name,
                round -> {
                    for (Phase phase : Phase.values()) {
                        round.rule(fault.get(), phase, 1);
                    }
                });
    }

    private static FaultCase quiet(String id, String name) {
        return FaultCase.of(id, name, round -> {});
    }

    private static Consumer<FaultRound> rule(Fault fault, int times) {
        return round -> round.rule(fault, null, times);
    }

    private static void impatient(VidiCenterSourceBuilder<?> source) {
        source.setHttpRequestTimeout(Duration.ofSeconds(3));
    }

    private static void manyExports(VidiCenterSourceBuilder<?> source) {
        source.setScanLocationsPerExport(1).setScanWindowMaxSize(Duration.ofHours(3));
    }

    private static void skipSoon(VidiCenterSourceBuilder<?> source) {
        source.setExportOnFailure("skip")
                .setExportMaxAttempts(2)
                .setScanWindowSize(Duration.ofHours(6))
                .setScanWindowMaxSize(Duration.ofHours(12));
    }

    private static Supplier<Fault> status(int status, String retryAfter, boolean html) {
        return () -> new Fault.Status(status, retryAfter, html);
    }

    private static Supplier<Fault> cut(Fault.Cut cut) {
        return () -> new Fault.Truncated(cut);
    }

    private static Fault inASecond() {
        ZonedDateTime then = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1);
        return new Fault.Status(429, DateTimeFormatter.RFC_1123_DATE_TIME.format(then), false);
    }

    private static Duration second() {
        return Duration.ofSeconds(1);
    }
}
