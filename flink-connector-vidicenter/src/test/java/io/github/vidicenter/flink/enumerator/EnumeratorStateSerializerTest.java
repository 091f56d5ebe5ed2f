package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.GoldenFile;
import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import io.github.vidicenter.flink.split.ExportSplitSerializer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnumeratorStateSerializerTest {

    private final EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();

    @Test
    void whatIsWrittenIsRead() throws IOException {
        EnumeratorState read = serializer.deserialize(1, serializer.serialize(state()));

        assertThat(read).usingRecursiveComparison().isEqualTo(state());
    }

    /** No two fields of one type hold the same value, so that none can be taken for another. */
    @Test
    void stateOfVersion1IsReadFieldByField() throws IOException {
        EnumeratorState read = GoldenFile.read("enumerator", 1, serializer, state());

        assertThat(read).usingRecursiveComparison().isEqualTo(state());
    }

    @Test
    void everyVersionHasItsGoldenFile() {
        assertThat(serializer.getVersion()).as("add a test that reads its file").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 1_000})
    void anotherVersionIsRefusedClearly(int version) {
        assertThatThrownBy(() -> serializer.deserialize(version, serializer.serialize(state())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("enumerator of version " + version)
                .hasMessageContaining("newer");
    }

    @Test
    void bytesThatAreLeftOverAreRefused() throws IOException {
        byte[] good = serializer.serialize(state());

        assertThatThrownBy(() -> serializer.deserialize(1, Arrays.copyOf(good, good.length + 3)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3 bytes after the enumerator's end");
    }

    @Test
    void splitsOfAnUnknownVersionWithinAreRefused() throws IOException {
        byte[] bytes = serializer.serialize(state());
        byte[] split = new ExportSplitSerializer().serialize(state().returned().get(0));
        // Before the first split stand the version, the number of splits and this one's length.
        int version = indexOf(bytes, split) - 3 * Integer.BYTES;
        bytes[version + 3] = 9;

        assertThatThrownBy(() -> serializer.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("splits of version 9");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    @Test
    void damagedBytesGiveAnError() throws IOException {
        byte[] good = serializer.serialize(state());
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> serializer.deserialize(1, cut))
                    .isInstanceOf(IOException.class);
        }
    }

    private static EnumeratorState state() {
        ExportPart part =
                ExportPart.toRead(
                        Selection.of(Selection.Kind.SITES, List.of(1L)), 1_000, 2_000, true);
        return new EnumeratorState(
                123,
                1_010,
                9_000,
                new PlanPosition(
                        6_000,
                        List.of(
                                new PlanPosition.Band(4_000, 5_000, List.of(1L, 3L), 2),
                                new PlanPosition.Band(5_000, 6_000, List.of(3L), 1))),
                new ExportHistory(1.5, 2.5, 3, 4.5),
                new RefreshState(5_000, Map.of(7L, 4_000L, 8L, 4_500L), 3_000, 4_000, List.of(9L)),
                List.of(new ExportSplit("00ff", 1_020, 1_030, 9_010, List.of(part), null)),
                Set.of(-5L, 77L),
                Map.of("data-type", "viewers"));
    }
}
