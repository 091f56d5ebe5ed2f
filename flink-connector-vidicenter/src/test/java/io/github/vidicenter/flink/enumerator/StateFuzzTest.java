package io.github.vidicenter.flink.enumerator;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.vidicenter.flink.split.ExportSplitSerializer;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Damaged state is refused with an {@link IOException}; what is read can be written again. */
class StateFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void isReadOrRefused(FuzzedDataProvider data) throws IOException {
        SimpleVersionedSerializer<?> serializer =
                data.consumeBoolean()
                        ? new ExportSplitSerializer()
                        : new EnumeratorStateSerializer();
        check(serializer, data.consumeRemainingAsBytes());
    }

    private static <T> void check(SimpleVersionedSerializer<T> serializer, byte[] bytes)
            throws IOException {
        T state;
        try {
            state = serializer.deserialize(serializer.getVersion(), bytes);
        } catch (IOException refused) {
            return;
        }
        serializer.deserialize(serializer.getVersion(), serializer.serialize(state));
    }
}
