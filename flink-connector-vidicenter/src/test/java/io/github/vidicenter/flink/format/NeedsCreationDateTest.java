package io.github.vidicenter.flink.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.config.OptionsOf;
import java.time.LocalDateTime;
import org.apache.flink.table.api.DataTypes;
import org.junit.jupiter.api.Test;

/** Whether rows may go out before the answer has told its creation date. */
class NeedsCreationDateTest {

    public record Viewer(LocalDateTime periodStart) {}

    public record DatedViewer(LocalDateTime periodStart, LocalDateTime creationDate) {}

    private static Decoding raw() {
        return Decoding.of("age", DataTypes.INT()).option("time-resolution", "finest");
    }

    @Test
    void rawRowsDoNotNeedIt() {
        assertThat(raw().deserializer().needsCreationDate()).isFalse();
        assertThat(raw().metadata(MetadataColumn.RECORD).deserializer().needsCreationDate())
                .isFalse();
    }

    @Test
    void rowsThatShowItNeedIt() {
        assertThat(raw().metadata(MetadataColumn.CREATION_DATE).deserializer().needsCreationDate())
                .isTrue();
    }

    @Test
    void rowsThatAreKnownByANaturalKeyNeedIt() {
        assertThat(raw().option("time-resolution", "1h").deserializer().needsCreationDate())
                .isTrue();
    }

    @Test
    void objectsNeedWhatTheirRowsNeed() {
        OptionsOf raw = OptionsOf.viewers().with("time-resolution", "finest");
        assertThat(JacksonDeserializer.of(Viewer.class).configure(raw.read()).needsCreationDate())
                .isFalse();
        assertThat(
                        JacksonDeserializer.of(DatedViewer.class)
                                .configure(raw.read())
                                .needsCreationDate())
                .isTrue();
    }
}
