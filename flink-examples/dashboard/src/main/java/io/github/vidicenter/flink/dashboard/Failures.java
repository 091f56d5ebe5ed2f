package io.github.vidicenter.flink.dashboard;

/** Words for what went wrong. */
final class Failures {

    private Failures() {}

    /** What went wrong at first: Flink wraps it several times. */
    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
