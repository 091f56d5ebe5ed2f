package io.github.vidicenter.flink.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.split.EmittedRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlreadyEmittedTest {

    private static final String DATE = "2024-03-04 10:00:00";

    @Test
    void takesOffEachRowAsOftenAsItWasEmittedInAnyOrder() {
        long seed = new Random().nextLong();
        System.out.println("AlreadyEmittedTest seed " + seed);
        Random random = new Random(seed);
        List<Long> export = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            export.add((long) random.nextInt(200) - 100);
        }
        List<Long> first = new ArrayList<>(export);
        Collections.shuffle(first, random);
        List<Long> delivered = new ArrayList<>(first.subList(0, random.nextInt(first.size())));
        AlreadyEmitted emitted = new AlreadyEmitted(emitted(delivered), DATE, false, false);
        Collections.shuffle(export, random);
        for (long row : export) {
            if (!emitted.takeOff(row, 0)) {
                delivered.add(row);
            }
        }
        assertThat(delivered).containsExactlyInAnyOrderElementsOf(export);
    }

    @Test
    void aChangedExportIsComparedByNaturalKey() {
        EmittedRows before = new EmittedRows(DATE, new long[] {1, 2}, new long[] {10, 20});

        AlreadyEmitted same = new AlreadyEmitted(before, DATE, true, false);
        assertThat(same.isChanged()).isFalse();
        assertThat(same.takeOff(99, 10)).isFalse();

        AlreadyEmitted changed = new AlreadyEmitted(before, "2024-03-04 11:00:00", true, false);
        assertThat(changed.isChanged()).isTrue();
        assertThat(changed.takeOff(99, 10)).isTrue();
        assertThat(changed.takeOff(99, 10)).isFalse();
        assertThat(changed.takeOff(1, 30)).isFalse();
    }

    @Test
    void updatesComeAgainWhereTheyChanged() {
        String later = "2024-03-04 11:00:00";
        EmittedRows before = new EmittedRows(DATE, new long[] {1, 2}, new long[] {10, 20});
        AlreadyEmitted changed = new AlreadyEmitted(before, later, true, true);
        assertThat(changed.takeOff(1, 10)).isTrue();
        assertThat(changed.takeOff(3, 20)).isFalse();
    }

    @Test
    void anUpdateThatTakesAnotherOneBackComesAgain() {
        String later = "2024-03-04 11:00:00";
        EmittedRows before = new EmittedRows(DATE, new long[] {1, 2, 3}, new long[] {10, 20, 10});
        AlreadyEmitted changed = new AlreadyEmitted(before, later, true, true);
        assertThat(changed.takeOff(1, 10)).as("3 was the last of key 10").isFalse();
        assertThat(changed.takeOff(2, 20)).isTrue();
    }

    /** Its rows may be out before its date is known; their hashes are all there is anyway. */
    @Test
    void anExportWithoutKeysWhoseDateWasNotKnownIsTakenForTheSame() {
        EmittedRows undated = new EmittedRows(null, new long[] {1}, new long[0]);
        assertThat(new AlreadyEmitted(undated, DATE, false, false).isChanged()).isFalse();
        assertThat(new AlreadyEmitted(undated, DATE, true, false).isChanged()).isTrue();
        assertThat(new AlreadyEmitted(emitted(List.of(1L)), null, false, false).isChanged())
                .isTrue();
    }

    @Test
    void aMillionEqualRowsAreNoWork() {
        long[] equal = new long[1_000_000];
        AlreadyEmitted emitted =
                new AlreadyEmitted(new EmittedRows(DATE, equal, new long[0]), DATE, false, false);
        for (int i = 0; i < equal.length; i++) {
            assertThat(emitted.takeOff(0, 0) ? 1 : 0).isOne();
        }
        assertThat(emitted.takeOff(0, 0)).isFalse();
    }

    private static EmittedRows emitted(List<Long> rows) {
        return new EmittedRows(
                DATE, rows.stream().mapToLong(Long::longValue).toArray(), new long[0]);
    }
}
