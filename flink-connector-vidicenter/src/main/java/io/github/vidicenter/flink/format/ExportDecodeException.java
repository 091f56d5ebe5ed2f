package io.github.vidicenter.flink.format;

import org.apache.flink.annotation.PublicEvolving;

/**
 * An export's row that can't become a record: a value does not fit its column, or there is no start
 * time. Reading the export again gives the same, so it is not worth a retry.
 */
@PublicEvolving
public class ExportDecodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ExportDecodeException(String message) {
        super(message);
    }

    public ExportDecodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
