package io.github.vidicenter.flink;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the SQL jar: everything it needs, nothing that could meet another jar's classes. */
class SqlJarIT {

    private static final String OURS = "io/github/vidicenter/flink/";
    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(System.getProperty("sql.jar"));
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void holdsNothingOutsideOfItsOwnPackage() {
        assertThat(entries())
                .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
                .allMatch(name -> name.startsWith(OURS) || name.startsWith("META-INF/"))
                .filteredOn(name -> name.endsWith(".class"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith(OURS))
                .noneMatch(name -> name.contains("org/slf4j") || name.contains("org/apache/flink"));
    }

    @Test
    void classesForNewerJavaVersionsAreFoundInTheirPlace() throws IOException {
        assertThat(entries())
                .filteredOn(
                        name -> name.startsWith("META-INF/versions/") && name.endsWith(".class"))
                .isNotEmpty()
                .allMatch(name -> entries().contains(name.replaceFirst("META-INF/\\w+/\\d+/", "")));
        assertThat(jar.getManifest().getMainAttributes())
                .containsEntry(Attributes.Name.MULTI_RELEASE, "true");
    }

    @Test
    void servicesAreDeclaredAndInside() throws IOException {
        assertThat(text("META-INF/services/org.apache.flink.table.factories.Factory"))
                .contains("io.github.vidicenter.flink.table.");
        List<String> services =
                entries().stream().filter(name -> name.matches("META-INF/services/.+")).toList();
        for (String service : services) {
            assertThat(text(service).lines().filter(not(String::isBlank)))
                    .as(service)
                    .isNotEmpty()
                    .allMatch(name -> entries().contains(name.replace('.', '/') + ".class"));
        }
    }

    @Test
    void noticeNamesWhatIsBundled() throws IOException {
        List<String> bundled =
                matches(
                        "(?m)^ +([^:\\s]+):([^:]+):jar:([^:]+):",
                        Files.readString(Path.of(System.getProperty("bundled.list"))));
        assertThat(matches("(?m)^- ([^:\\s]+):([^:]+):([^:\\s]+)$", text("META-INF/NOTICE")))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        bundled.stream()
                                .filter(not(name -> name.startsWith("io.github.vidicenter:")))
                                .toList());
    }

    @Test
    void licencesAreInside() throws IOException {
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(entries())
                .contains(
                        "META-INF/FastDoubleParser-LICENSE",
                        "META-INF/FastDoubleParser-ThirdParty-LICENSE",
                        "META-INF/Schubfach-LICENSE");
    }

    private static List<String> entries() {
        return jar.stream().filter(not(ZipEntry::isDirectory)).map(ZipEntry::getName).toList();
    }

    private static String text(String entry) throws IOException {
        assertThat(jar.getEntry(entry)).as(entry).isNotNull();
        return new String(
                jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<String> matches(String coordinates, String text) {
        return Pattern.compile(coordinates)
                .matcher(text)
                .results()
                .map((MatchResult m) -> m.group(1) + ":" + m.group(2) + ":" + m.group(3))
                .toList();
    }
}
