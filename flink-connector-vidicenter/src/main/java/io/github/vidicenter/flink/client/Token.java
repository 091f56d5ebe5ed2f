package io.github.vidicenter.flink.client;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the API token comes from. Never prints it. */
public sealed interface Token extends Serializable {

    /**
     * Reads the token.
     *
     * @throws IOException if the file of {@code token-file} can't be read or is empty; the message
     *     names the file
     */
    String read() throws IOException;

    /** Whether reading again may give another token, so that a 401 is worth a second try. */
    boolean mayChange();

    static Token of(String value) {
        return new Inline(value);
    }

    static Token inFile(String path) {
        return new InFile(path);
    }

    /** The value of the option {@code token}. */
    final class Inline implements Token {
        private static final long serialVersionUID = 1L;
        private final String value;

        private Inline(String value) {
            this.value = value;
        }

        @Override
        public String read() {
            return value;
        }

        @Override
        public boolean mayChange() {
            return false;
        }

        @Override
        public String toString() {
            return "******";
        }
    }

    /** The file of the option {@code token-file}, which every node has. */
    record InFile(String path) implements Token {
        @Override
        public String read() throws IOException {
            String value;
            try {
                value = Files.readString(Path.of(path)).strip();
            } catch (IOException e) {
                throw new IOException("'token-file' names " + path + ", which can't be read", e);
            }
            if (value.isEmpty()) {
                throw new IOException("'token-file' names " + path + ", which is empty");
            }
            return value;
        }

        @Override
        public boolean mayChange() {
            return true;
        }
    }
}
