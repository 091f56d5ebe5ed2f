package io.github.vidicenter.flink.reader;

/** Where an export of this reader is. */
enum ExportStage {
    /** Not asked for yet: it waits for a slot, a call or a connection. */
    WAITING("waiting"),
    /** The server builds it. */
    BUILDING("building"),
    /** It is downloaded, and its rows are on their way. */
    DELIVERING("delivering");

    private final String label;

    ExportStage(String label) {
        this.label = label;
    }

    /** As metrics name it. */
    String label() {
        return label;
    }
}
