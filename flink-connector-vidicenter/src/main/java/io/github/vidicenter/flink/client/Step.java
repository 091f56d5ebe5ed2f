package io.github.vidicenter.flink.client;

/** What to do next about an export, and its progress then, which a checkpoint may hold. */
public sealed interface Step {

    ExportProgress progress();

    /**
     * Ask (again).
     *
     * @param waitMillis how long to wait before, 0: not at all
     * @param forceRebuild whether the call carries {@code force_rebuild}
     */
    record Ask(ExportProgress progress, long waitMillis, boolean forceRebuild) implements Step {}

    /**
     * The export is here.
     *
     * @param export its body is now the caller's to close
     * @param progress to fetch the same export again after a restore
     */
    record Deliver(ExportProgress progress, Answer.Finished export) implements Step {}

    /** Go on with two halves in place of this export, each with {@link ExportProgress#afterCut}. */
    record Cut(ExportProgress progress, String reason) implements Step {}

    /**
     * Give up.
     *
     * @param fatal true: fails the job whatever {@code export.on-failure} says; false: {@code skip}
     *     may drop what was asked for
     */
    record Fail(ExportProgress progress, String reason, boolean fatal) implements Step {}
}
