package io.github.vidicenter.simulator.model;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/**
 * A place with a camera.
 *
 * @param opens when the camera starts its day; with {@code closes} equal to it, it never sleeps
 * @param closes when it stops
 * @param firstUpload local time before which there is no data
 * @param offsetSeconds of its local time from UTC ({@code last_timezone})
 * @param core whether it measures moods and ages in years ("core only" in the API document)
 * @param tags ids of location tags
 */
public record Location(
        long id,
        long siteId,
        LocalTime opens,
        LocalTime closes,
        LocalDateTime firstUpload,
        int offsetSeconds,
        boolean core,
        boolean active,
        List<Long> tags) {

    public static final LocalDateTime FIRST_UPLOAD = LocalDateTime.of(2010, 1, 1, 0, 0);
    public static final long INDOOR_TAG = 11;
    public static final long STREET_TAG = 12;

    /** A location whose habits follow from its id: one in four is never closed. */
    public static Location of(long id, long siteId) {
        long hash = Hash.of(id, 7);
        boolean always = Hash.between(hash, 0, 4) == 0;
        LocalTime opens = always ? LocalTime.MIDNIGHT : LocalTime.of(Hash.between(hash, 6, 11), 0);
        LocalTime closes =
                always ? LocalTime.MIDNIGHT : LocalTime.of(Hash.between(hash, 18, 24), 0);
        return new Location(
                id,
                siteId,
                opens,
                closes,
                FIRST_UPLOAD,
                0,
                id % 3 != 0,
                true,
                List.of(id % 2 == 0 ? INDOOR_TAG : STREET_TAG));
    }

    public Location withHours(LocalTime opens, LocalTime closes) {
        return new Location(
                id, siteId, opens, closes, firstUpload, offsetSeconds, core, active, tags);
    }

    public Location withOffsetSeconds(int offsetSeconds) {
        return new Location(
                id, siteId, opens, closes, firstUpload, offsetSeconds, core, active, tags);
    }

    public Location withActive(boolean active) {
        return new Location(
                id, siteId, opens, closes, firstUpload, offsetSeconds, core, active, tags);
    }

    public long boxId() {
        return 100_000 + id;
    }

    public String label() {
        return "location-" + id;
    }
}
