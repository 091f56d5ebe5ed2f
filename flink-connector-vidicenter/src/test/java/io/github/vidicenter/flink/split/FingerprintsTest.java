package io.github.vidicenter.flink.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

    private final Fingerprints prints = new Fingerprints();

    @Test
    void remembersTheLastPrintAndRevisionOfEachLocationAndWindow() {
        prints.put(7, 1_000, 42, 0);
        assertThat(prints.isSame(7, 1_000, 42)).isTrue();
        assertThat(prints.isSame(7, 1_000, 43)).isFalse();
        assertThat(prints.isSame(8, 1_000, 42)).isFalse();
        assertThat(prints.isSame(7, 2_000, 42)).isFalse();
        assertThat(prints.revision(8, 1_000)).isEqualTo(Fingerprints.UNKNOWN);

        prints.put(7, 1_000, 43, 1);
        assertThat(prints.isSame(7, 1_000, 43)).isTrue();
        assertThat(prints.revision(7, 1_000)).isEqualTo(1);
    }

    @Test
    void forgetsWhatLiesBeforeTheLookback() {
        prints.put(7, 1_000, 1, 0);
        prints.put(7, 2_000, 2, 0);
        prints.forgetBefore(2_000);
        assertThat(prints.revision(7, 1_000)).isEqualTo(Fingerprints.UNKNOWN);
        assertThat(prints.isSame(7, 2_000, 2)).isTrue();
        prints.forgetBefore(Long.MIN_VALUE);
        assertThat(prints.size()).isEqualTo(1);
    }

    @Test
    void aMapDoesTheSameAlsoAfterACheckpoint() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("FingerprintsTest seed " + seed);
        Random random = new Random(seed);
        Map<String, Long> expected = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            long source = random.nextInt(100);
            long window = random.nextInt(20);
            long print = random.nextLong();
            prints.put(source, window, print, i);
            expected.put(source + " " + window, print);
        }
        DataOutputSerializer out = new DataOutputSerializer(64);
        prints.write(out);
        Fingerprints restored = Fingerprints.read(new DataInputDeserializer(out.getCopyOfBuffer()));

        assertThat(restored.size()).isEqualTo(expected.size());
        expected.forEach(
                (place, print) -> {
                    String[] parts = place.split(" ");
                    long source = Long.parseLong(parts[0]);
                    long window = Long.parseLong(parts[1]);
                    assertThat(restored.isSame(source, window, print)).as(place).isTrue();
                    assertThat(restored.revision(source, window))
                            .isEqualTo(prints.revision(source, window));
                });
    }
}
