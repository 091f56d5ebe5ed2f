package io.github.vidicenter.flink.examples;

import java.io.PrintStream;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** The VidiCenter that {@link AudienceDay} reads. */
interface Service extends AutoCloseable {

    /** A sentence on what is read. */
    String description();

    /** Options of the tables, in place of those in the SQL file. */
    Map<String, String> options();

    /** How many locations are read. */
    int locations();

    /** The job runs from now on. */
    void started();

    /**
     * How far the job is.
     *
     * @param windows how many are done
     * @param end where the last of them ended
     */
    String progress(int windows, LocalDateTime end);

    /** Prints what was read. Returns whether it is right, as far as that can be known. */
    boolean conclude(List<AudienceHour> hours, PrintStream out);

    @Override
    void close();
}
