package io.github.vidicenter.flink.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of {@code docs/} of which a part follows from code. A test that finds the part outdated
 * fails; run with {@code -Ddocs.rewrite=true}, it is written anew.
 */
public final class RenderedPage {

    private static final String BEGIN = "<!-- rendered by a test: begin -->\n";
    private static final String END = "<!-- rendered by a test: end -->";

    private RenderedPage() {}

    /** Checks or rewrites what stands between the marks of a page. */
    public static void check(String name, String rendered) throws IOException {
        Path page = path(name);
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(end).as("the marks in " + page).isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("docs.rewrite")) {
            Files.writeString(page, text.substring(0, begin) + rendered + text.substring(end));
        } else {
            assertThat(text.substring(begin, end))
                    .as(page + " is outdated: run this test with -Ddocs.rewrite=true")
                    .isEqualTo(rendered);
        }
    }

    /** The whole text of a page. */
    public static String read(String name) throws IOException {
        return Files.readString(path(name));
    }

    private static Path path(String name) {
        return Path.of(System.getProperty("basedir", "."), "..", "docs", name).normalize();
    }
}
