package io.github.vidicenter.simulator;

/**
 * Switches for what the API document leaves free, or says in one way and shows in another. Without
 * any, answers look like the document's examples: {@code state} first, rows in a fixed order,
 * {@code end} inclusive, times of aggregates with a space and of single events with a {@code T}.
 */
public enum Dialect {
    /** {@code data} stands before {@code state}, which comes last. */
    DATA_FIRST,
    /** The answer's keys in another order at each download. */
    KEYS_SHUFFLED,
    /** The keys of each row in another order at each download. */
    ROW_KEYS_SHUFFLED,
    /** Rows in another order at each download. */
    ROWS_SHUFFLED,
    /** {@code end} is exclusive. */
    END_EXCLUSIVE,
    /** Numbers of rows as strings: {@code "160"}. */
    NUMBERS_AS_STRINGS,
    /** Integers of rows as floats: {@code 160.0}. */
    INTEGERS_AS_FLOATS,
    /** All times like {@code 2018-01-29 02:00:00}. */
    TIMES_WITH_SPACE,
    /** All times like {@code 2018-01-29T02:00:00}. */
    TIMES_WITH_T,
    /** Times of aggregates like {@code 2018-01-29 02:00}; single events keep their seconds. */
    TIMES_WITHOUT_SECONDS,
    /** {@code period_start_date} and {@code period_start_time} accompany {@code period_start}. */
    PERIOD_PARTS,
    /** Keys that no document knows, nested ones too, in the answer and in its rows. */
    UNKNOWN_KEYS,
    /** The field {@code state} is called {@code status}, as the document's prose does. */
    STATUS_FOR_STATE,
    /** Answers are compressed for clients that accept gzip. */
    GZIP,
    /** Weeks of {@code 7d} start on Mondays instead of at the export's start. */
    MONDAY_WEEKS,
    /** Data types and columns of the newer edition of the API document. */
    NEW_EDITION
}
