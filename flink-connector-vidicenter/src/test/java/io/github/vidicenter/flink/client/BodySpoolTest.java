package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BodySpoolTest {

    @TempDir Path directory;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private ExportBody store(byte[] received, boolean gzip) throws IOException {
        return new BodySpool(List.of(directory)).store(new ByteArrayInputStream(received), gzip);
    }

    @Test
    void keepsASmallBodyInMemory() throws IOException {
        byte[] received = random(BodySpool.MEMORY_BYTES);
        try (ExportBody body = store(received, false)) {
            assertThat(files()).isEmpty();
            assertThat(body.bytes()).isEqualTo(received.length);
            assertThat(body.open().readAllBytes()).isEqualTo(received);
            assertThat(body.open().readAllBytes()).isEqualTo(received);
        }
    }

    @Test
    void keepsALargeBodyInAFileUntilItIsClosed() throws IOException {
        byte[] plain = random(BodySpool.MEMORY_BYTES + 1);
        byte[] received = gzip(plain);
        try (ExportBody body = store(received, true)) {
            assertThat(body.bytes()).isEqualTo(received.length);
            try (InputStream first = body.open();
                    InputStream second = body.open()) {
                assertThat(first.readNBytes(100)).isEqualTo(Arrays.copyOf(plain, 100));
                assertThat(second.readAllBytes()).isEqualTo(plain);
                assertThat(first.readAllBytes()).hasSize(plain.length - 100);
            }
            body.close();
            assertThat(files()).isEmpty();
            assertThatThrownBy(() -> body.open().read()).isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nothingStaysBehindOfAProcessThatIsKilled() throws IOException {
        try (ExportBody body = store(random(BodySpool.MEMORY_BYTES + 1), false)) {
            assertThat(files()).as("names while the file is in use").isEmpty();
            assertThat(body.open().readAllBytes()).hasSize(BodySpool.MEMORY_BYTES + 1);
        }
    }

    @Test
    void leavesNoFileOfABodyThatBreaksOffOrIsTooLarge() throws IOException {
        InputStream breaksOff =
                new SequenceInputStream(
                        new ByteArrayInputStream(random(BodySpool.MEMORY_BYTES + 1)),
                        new InputStream() {
                            @Override
                            public int read() throws IOException {
                                throw new IOException("connection reset");
                            }
                        });
        assertThatThrownBy(() -> new BodySpool(List.of(directory)).store(breaksOff, false))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
        assertThat(files()).isEmpty();

        BodySpool bounded = new BodySpool(List.of(directory), BodySpool.MEMORY_BYTES + 10);
        byte[] tooLarge = random(BodySpool.MEMORY_BYTES + 11);
        assertThatThrownBy(() -> bounded.store(new ByteArrayInputStream(tooLarge), false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than");
        assertThat(files()).isEmpty();
    }

    @Test
    void tellsTroubleOfThisMachineFromTroubleOnTheWay() throws IOException {
        Path notADirectory = Files.writeString(directory.resolve("file"), "");
        BodySpool spool = new BodySpool(List.of(notADirectory));
        byte[] large = random(BodySpool.MEMORY_BYTES + 1);
        assertThatThrownBy(() -> spool.store(new ByteArrayInputStream(large), false))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(notADirectory.toString());
    }

    @Test
    void stopsAZipBomb() throws IOException {
        byte[] bomb = gzip(new byte[(int) InflationGuard.FREE_BYTES + (1 << 20)]);
        try (ExportBody body = store(bomb, true);
                InputStream in = body.open()) {
            assertThatThrownBy(() -> in.transferTo(new CountingStream()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("decompresses");
        }
        byte[] allowed = gzip(new byte[(int) InflationGuard.FREE_BYTES]);
        CountingStream counting = new CountingStream();
        try (InputStream in = store(allowed, true).open()) {
            in.transferTo(counting);
        }
        assertThat(counting.count).isEqualTo(InflationGuard.FREE_BYTES);
    }

    private static final class CountingStream extends ByteArrayOutputStream {
        private long count;

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
