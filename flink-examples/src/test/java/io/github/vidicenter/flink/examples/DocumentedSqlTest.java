package io.github.vidicenter.flink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All SQL that the pages show is planned, so that it can be copied. No call is made for that. */
class DocumentedSqlTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");
    private static final Pattern BLOCK = Pattern.compile("(?s)```sql\\n(.*?)```");

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        pages.add(ROOT.resolve("README.md"));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void planned(Path page) throws IOException {
        TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        for (String statement : statements(page)) {
            if (statement.contains("CREATE TABLE") || statement.startsWith("SET ")) {
                env.executeSql(statement);
            } else {
                assertThat(env.explainSql(statement)).as(statement).contains("TableSourceScan");
            }
        }
    }

    private static List<String> statements(Path page) throws IOException {
        List<String> statements = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(page));
        while (blocks.find()) {
            Stream.of(blocks.group(1).split(";\\s*\\n"))
                    .filter(statement -> !statement.isBlank())
                    .map(String::strip)
                    .forEach(statements::add);
        }
        return statements;
    }
}
