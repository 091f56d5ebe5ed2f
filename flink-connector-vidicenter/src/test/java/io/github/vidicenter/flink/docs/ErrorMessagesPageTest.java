package io.github.vidicenter.flink.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.vidicenter.flink.table.TestTables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;

/**
 * Everything that can be wrong with a table is refused when a query is planned, without a call to
 * the server, and {@code docs/troubleshooting.md} shows the messages.
 */
class ErrorMessagesPageTest {

    private static final String START = "period_start TIMESTAMP(3)";

    /**
     * What a user writes instead of the example.
     *
     * @param columns null: the example's
     * @param changes key=value; without a {@code =}, the option is taken away
     */
    private record Mistake(String columns, List<String> changes) {

        String shown() {
            List<String> parts = new ArrayList<>();
            if (columns != null) {
                parts.add("`" + columns + "`");
            }
            for (String change : changes) {
                String[] option = change.split("=", 2);
                parts.add(
                        option.length == 1
                                ? "no `" + option[0] + "`"
                                : "`'" + option[0] + "' = '" + option[1] + "'`");
            }
            return String.join(", ", parts).replace("|", "\\|");
        }
    }

    @Test
    void pageShowsTheMessages() throws IOException {
        StringBuilder page = new StringBuilder();
        int mistakes = 0;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String line : lines()) {
                if (line.startsWith("#")) {
                    page.append("\n##" + line + "\n\n| You write | It says |\n| --- | --- |\n");
                } else {
                    Mistake mistake = mistake(line);
                    String message = message(mistake, server.getLocalPort());
                    page.append("| %s | %s |\n".formatted(mistake.shown(), cell(message)));
                    mistakes++;
                }
            }
            server.setSoTimeout(1);
            assertThat(catchThrowable(server::accept))
                    .as("no call to the server")
                    .isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(mistakes).isGreaterThan(100);
        RenderedPage.check("troubleshooting.md", page.toString());
    }

    private static String message(Mistake mistake, int port) {
        List<String> options = new ArrayList<>();
        options.add("url");
        options.add("http://127.0.0.1:" + port + "/");
        for (String change : mistake.changes()) {
            String[] option = change.split("=", 2);
            options.add(option[0]);
            options.add(option.length == 1 ? null : option[1]);
        }
        String columns = mistake.columns() == null ? TestTables.COLUMNS : mistake.columns();
        Throwable refusal =
                catchThrowable(
                        () ->
                                TestTables.streaming()
                                        .create(columns, options.toArray(String[]::new))
                                        .explain("SELECT * FROM viewers"));
        assertThat(refusal).as(mistake.shown()).isNotNull();
        Throwable cause = root(refusal);
        assertThat(cause).as(mistake.shown()).isInstanceOf(ValidationException.class);
        assertThat(cause.getMessage()).doesNotContain(TestTables.TOKEN);
        assertThat(ExceptionUtils.stringifyException(refusal))
                .doesNotContain("'" + TestTables.TOKEN + "'");
        return cause.getMessage();
    }

    /** The innermost that is about validation. */
    private static Throwable root(Throwable refusal) {
        Throwable found = refusal;
        for (Throwable t = refusal; t != null; t = t.getCause()) {
            if (t instanceof ValidationException) {
                found = t;
            }
        }
        return found;
    }

    private static String cell(String message) {
        return message.replace("\n", " ")
                .replace("|", "\\|")
                .replace("<", "\\<")
                .replace("*", "\\*");
    }

    private static Mistake mistake(String line) {
        String columns = null;
        List<String> changes = new ArrayList<>();
        for (String part : line.split(" & ")) {
            if (part.startsWith("columns: ")) {
                columns = part.substring("columns: ".length()).replace("…", START);
            } else {
                changes.add(part);
            }
        }
        return new Mistake(columns, changes);
    }

    private static List<String> lines() throws IOException {
        try (var file = ErrorMessagesPageTest.class.getResourceAsStream("mistakes.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }
}
