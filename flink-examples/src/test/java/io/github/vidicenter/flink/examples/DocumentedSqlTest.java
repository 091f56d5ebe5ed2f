package io.github.vidicenter.flink.examples;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.simulator.Limits;
import io.github.vidicenter.simulator.VidiCenterSimulator;
import io.github.vidicenter.simulator.model.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All SQL that a page shows is run, from top to bottom, so that it can be copied. The account is a
 * simulator's, and its time passes an hour a second; tables of other connectors become blackholes.
 * Queries have to give a row, and what is inserted is queried.
 */
class DocumentedSqlTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");
    private static final Pattern SET = Pattern.compile("(?i)SET '([^']+)' = '([^']*)'");
    private static final Pattern INSERT = Pattern.compile("(?is)INSERT INTO \\S+\\s+(SELECT.*)");
    private static final Pattern OPTIONS =
            Pattern.compile("(?s)WITH \\((.*?)\\)(\\s+LIKE [^()]+)?$");

    private static final int CALLS_PER_MINUTE = 6_000;

    /** An export of a query that was cancelled keeps its slot for seconds: nothing waits for it. */
    private static final int EXPORTS = 50;

    @RegisterExtension static final MiniClusterExtension FLINK = new MiniClusterExtension();

    private static VidiCenterSimulator simulator;

    @BeforeAll
    static void start() {
        simulator =
                VidiCenterSimulator.builder()
                        .limits(
                                Limits.DEFAULT
                                        .withCallsPerMinute(CALLS_PER_MINUTE)
                                        .withConcurrentExports(EXPORTS))
                        .start();
        simulator.putLocation(Location.of(1057, 8654));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        pages.add(ROOT.resolve("README.md"));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        List<Path> withSql = new ArrayList<>();
        for (Path page : pages) {
            if (!DocumentedSql.statements(Files.readString(page)).isEmpty()) {
                withSql.add(page);
            }
        }
        return withSql.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @Timeout(value = 5, unit = MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void runs(Path page) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "1");
        StreamTableEnvironment env =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.getExecutionEnvironment(configuration));
        for (String statement : DocumentedSql.statements(Files.readString(page))) {
            try {
                run(env, withSimulator(statement));
            } catch (Exception | AssertionError e) {
                throw new AssertionError(page.getFileName() + " shows: " + statement, e);
            }
        }
    }

    private static void run(StreamTableEnvironment env, String statement) throws Exception {
        Matcher set = SET.matcher(statement);
        Matcher insert = INSERT.matcher(statement);
        if (set.matches()) {
            env.getConfig().set(set.group(1), set.group(2));
        } else if (insert.matches()) {
            env.explainSql(statement);
            givesARow(env.executeSql(insert.group(1)));
        } else {
            TableResult result = env.executeSql(statement);
            if (result.getJobClient().isPresent()) {
                givesARow(result);
            }
        }
    }

    /** Of a query that may never end. */
    private static void givesARow(TableResult result) throws Exception {
        try (CloseableIterator<Row> rows = result.collect()) {
            assertThat(rows.hasNext()).as("a row").isTrue();
        }
    }

    private static String withSimulator(String statement) {
        Matcher options = OPTIONS.matcher(statement);
        if (!options.find()) {
            return statement;
        }
        String head = statement.substring(0, options.start());
        String like = Objects.requireNonNullElse(options.group(2), "");
        if (like.isEmpty() && !options.group(1).contains("'vidicenter'")) {
            return head + "WITH ('connector' = 'blackhole')";
        }
        String account =
                """
                'url' = '%s', 'username' = '%s', 'token' = '%s', 'quota.requests-per-minute' = '%d',
                'quota.concurrent-exports' = '%d', 'poll.min-interval' = '100 ms',
                'simulation.clock' = '2024-03-04T12:00:00/3600',
                """
                        .formatted(
                                simulator.url(),
                                simulator.username(),
                                simulator.token(),
                                CALLS_PER_MINUTE,
                                EXPORTS);
        return head
                + "WITH ("
                + account
                + options.group(1)
                        .replaceAll(
                                "'(username|token|token-file|url|simulation.clock)' *= *'[^']*',?",
                                "")
                        .replaceAll(",\\s*$", "")
                + ")"
                + like;
    }
}
