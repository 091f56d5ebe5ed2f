package io.github.vidicenter.flink.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vidicenter.flink.GoldenFile;
import io.github.vidicenter.flink.client.ExportProgress;
import io.github.vidicenter.flink.client.Selection;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportSplitSerializerTest {

    private final ExportSplitSerializer serializer = new ExportSplitSerializer();

    @Test
    void whatIsWrittenIsRead() throws IOException {
        ExportSplit split = split();

        ExportSplit read = serializer.deserialize(1, serializer.serialize(split));

        // Arrays have no equals, so the rest is compared by itself.
        assertThat(read).usingRecursiveComparison().isEqualTo(split);
    }

    /** No two fields of one type hold the same value, so that none can be taken for another. */
    @Test
    void stateOfVersion1IsReadFieldByField() throws IOException {
        ExportSplit read = GoldenFile.read("split", 1, serializer, split());

        assertThat(read).usingRecursiveComparison().isEqualTo(split());
    }

    @Test
    void everyVersionHasItsGoldenFile() {
        assertThat(serializer.getVersion()).as("add a test that reads its file").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 1_000})
    void anotherVersionIsRefusedClearly(int version) {
        assertThatThrownBy(() -> serializer.deserialize(version, serializer.serialize(split())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("splits of version " + version)
                .hasMessageContaining("newer");
    }

    @Test
    void damagedBytesGiveAnErrorAndTakeNoMemory() throws IOException {
        byte[] good = serializer.serialize(split());
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> serializer.deserialize(1, cut))
                    .isInstanceOf(IOException.class);
        }
        byte[] longer = Arrays.copyOf(good, good.length + 1);
        assertThatThrownBy(() -> serializer.deserialize(1, longer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 bytes after the end");
    }

    @Test
    void aLedgerKeepsWhatItsReaderHolds() throws IOException {
        Fingerprints fingerprints = new Fingerprints();
        fingerprints.put(1056, 3_600_000, 42, 3);
        ExportSplit held = split();
        ExportSplit ledger =
                new ExportSplit(
                        ExportSplit.LEDGER_ID,
                        ExportSplit.NO_START,
                        5,
                        Long.MAX_VALUE,
                        List.of(),
                        new Ledger(fingerprints, List.of()));

        ExportSplitSerializer serializer = new ExportSplitSerializer();
        ExportSplit read =
                serializer.deserialize(
                        serializer.getVersion(),
                        serializer.serialize(ExportSplit.pack(List.of(ledger, held)).get(0)));

        assertThat(read.isLedger()).isTrue();
        assertThat(read.isRefresh()).isFalse();
        assertThat(read.ledger().held()).hasSize(1);
        assertThat(read.ledger().held().get(0).splitId()).isEqualTo(held.splitId());
        assertThat(read.ledger().held().get(0).parts()).hasSameSizeAs(held.parts());
        assertThat(read.ledger().fingerprints().isSame(1056, 3_600_000, 42)).isTrue();
        assertThat(read.ledger().fingerprints().revision(1056, 3_600_000)).isEqualTo(3);
    }

    private static ExportSplit split() {
        ExportProgress progress =
                new ExportProgress(
                        true,
                        2,
                        1,
                        3,
                        ExportProgress.Rebuild.AWAITED,
                        "2024-03-04 10:00:00",
                        7,
                        1_709_546_400_000L,
                        true);
        ExportPart half =
                new ExportPart(
                        Selection.of(Selection.Kind.LOCATIONS, List.of(1056L, 1057L)),
                        1_010,
                        2_000,
                        true,
                        progress,
                        new EmittedRows(
                                "2024-03-04 11:00:00",
                                new long[] {1, -2, Long.MAX_VALUE},
                                new long[] {4, 5, 6}));
        ExportPart other =
                ExportPart.toRead(
                        new Selection(List.of(), List.of(3L), List.of(4L), List.of(5L)),
                        2_000,
                        3_000,
                        false);
        return new ExportSplit(
                "0123456789abcdef", 1_005, 5, Long.MAX_VALUE, List.of(half, other), null);
    }
}
