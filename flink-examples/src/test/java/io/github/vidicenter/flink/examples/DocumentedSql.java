package io.github.vidicenter.flink.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The SQL of a page. */
final class DocumentedSql {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sql\\n(.*?)^```");
    private static final Pattern COMMENT = Pattern.compile("(?m)^ *--.*\\n");

    private DocumentedSql() {}

    /** All statements of a page in Markdown, or of a part of it, without their semicolons. */
    static List<String> statements(String page) {
        List<String> statements = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(page);
        while (blocks.find()) {
            String block = COMMENT.matcher(blocks.group(1)).replaceAll("");
            Stream.of(block.split(";\\s*(\\n|$)"))
                    .filter(statement -> !statement.isBlank())
                    .map(String::strip)
                    .forEach(statements::add);
        }
        return statements;
    }

    /** What stands below a heading of the second level, up to the next one. */
    static String section(String page, String heading) {
        for (String section : page.split("(?m)^## ")) {
            if (section.startsWith(heading + "\n")) {
                return section;
            }
        }
        throw new AssertionError("No heading '" + heading + "'");
    }
}
