package io.github.vidicenter.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.client.Selection;
import io.github.vidicenter.flink.split.ExportPart;
import io.github.vidicenter.flink.split.ExportSplit;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnumeratorStateSerializerTest {

    private final EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();

    @Test
    void whatIsWrittenIsRead() throws IOException {
        EnumeratorState read = serializer.deserialize(1, serializer.serialize(state()));

        assertThat(read).usingRecursiveComparison().isEqualTo(state());
    }

    @Test
    void anotherVersionIsRefusedClearly() {
        assertThatThrownBy(() -> serializer.deserialize(7, serializer.serialize(state())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 7");
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
                1_000,
                9_000,
                new PlanPosition(4_000, 5_000, List.of(1L, 2L, 3L), 1, 2),
                new ExportHistory(1.5, 2.5, 3, 4.5),
                List.of(new ExportSplit("00ff", 1_000, 1_000, 9_000, List.of(part))),
                Set.of(-5L, 77L),
                Map.of("data-type", "viewers"));
    }
}
