package io.github.vidicenter.flink.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {

    @TempDir Path directory;

    @Test
    void anInlineTokenIsNotPrinted() throws IOException {
        Token token = Token.of("s3cret");
        assertThat(token.read()).isEqualTo("s3cret");
        assertThat(token.mayChange()).isFalse();
        assertThat(token.toString()).doesNotContain("s3cret");
    }

    @Test
    void aTokenFileIsReadAnewEachTime() throws IOException {
        Path file = directory.resolve("token");
        Token token = Token.inFile(file.toString());
        Files.writeString(file, "first\n");
        assertThat(token.read()).isEqualTo("first");
        Files.writeString(file, " second ");
        assertThat(token.read()).isEqualTo("second");
        assertThat(token.mayChange()).isTrue();
        assertThat(token.toString()).contains(file.toString()).doesNotContain("second");
    }

    @Test
    void aTokenFileThatIsMissingOrEmptyIsNamed() throws IOException {
        Path file = directory.resolve("token");
        Token token = Token.inFile(file.toString());
        assertThatThrownBy(token::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'token-file'")
                .hasMessageContaining(file.toString());
        Files.writeString(file, "\n");
        assertThatThrownBy(token::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("empty");
    }
}
