package io.github.vidicenter.simulator.export;

/** What a call learns of its export (API document, "Response's form"). */
public sealed interface ExportState {

    /** This call started it. */
    record Started() implements ExportState {}

    record InProgress(String creationDate) implements ExportState {}

    record Finished(String creationDate, ExportRows rows) implements ExportState {}

    /**
     * @param reason null: none is told
     */
    record Failed(String creationDate, String reason) implements ExportState {}

    /** It would have to be started, and too many are being built. */
    record Refused() implements ExportState {}
}
