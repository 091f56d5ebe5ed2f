package io.github.vidicenter.flink.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages have one title, and links lead to a file that is there, and to a heading of it. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern SCHEME = Pattern.compile("^[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");
    private static final Path INDEX = Pages.ROOT.resolve("docs/README.md");

    static List<Path> pages() throws IOException {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadSomewhere(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String link : links(page)) {
            String[] parts = link.split("#", 2);
            Path target = target(page, parts[0]);
            if (!Files.exists(target) || parts.length == 2 && !anchors(target).contains(parts[1])) {
                broken.add(link);
            }
        }
        assertThat(broken).as("links of %s", Pages.ROOT.relativize(page)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pagesHaveOneTitleAtMost(Path page) throws IOException {
        assertThat(Pages.prose(page).lines().filter(line -> line.startsWith("# ")))
                .as("headings of the first level of %s", Pages.ROOT.relativize(page))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void indexNamesEveryPageAndTheReadmeTheIndex() throws IOException {
        Set<Path> named = new HashSet<>();
        for (String link : links(INDEX)) {
            named.add(target(INDEX, link.split("#", 2)[0]));
        }
        try (Stream<Path> files = Files.list(INDEX.getParent())) {
            assertThat(files.filter(file -> file.toString().endsWith(".md")))
                    .filteredOn(page -> !page.equals(INDEX))
                    .isNotEmpty()
                    .isSubsetOf(named);
        }
        assertThat(links(Pages.ROOT.resolve("README.md"))).contains("docs/README.md");
    }

    private static Path target(Path page, String link) {
        return link.isEmpty() ? page : page.resolveSibling(link).normalize();
    }

    private static List<String> links(Path page) throws IOException {
        List<String> links = new ArrayList<>();
        Matcher link = LINK.matcher(Pages.prose(page));
        while (link.find()) {
            if (!SCHEME.matcher(link.group(1)).matches()) {
                links.add(link.group(1));
            }
        }
        return links;
    }

    /** The anchors that GitHub gives the headings of a page. */
    private static Set<String> anchors(Path page) throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        Matcher heading = HEADING.matcher(Pages.prose(page));
        while (heading.find()) {
            String anchor =
                    heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                            .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                            .replace(' ', '-');
            int times = seen.merge(anchor, 1, Integer::sum);
            anchors.add(times == 1 ? anchor : anchor + "-" + (times - 1));
        }
        return anchors;
    }
}
