package io.github.vidicenter.flink.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vidicenter.flink.client.Answer;
import io.github.vidicenter.flink.client.ExportProgress;
import io.github.vidicenter.flink.client.ExportProgress.Rebuild;
import io.github.vidicenter.flink.client.ExportProtocol;
import io.github.vidicenter.flink.client.ExportProtocol.Policy;
import io.github.vidicenter.flink.client.ExportProtocol.Situation;
import io.github.vidicenter.flink.client.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The arrows of the pictures in {@code docs/architecture.md} are those that the protocol takes: all
 * that can be reached is tried, and each arrow is there on both sides or on neither.
 */
class ArchitecturePageTest {

    private static final long IN_TIME = 1;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final long LATE = IN_TIME + TIMEOUT.toMillis();
    private static final Pattern ARROW = Pattern.compile("(?m)^ *(\\w+) --> (\\w+): (\\w+).*$");

    private static final Set<String> steps = new TreeSet<>();
    private static final Set<String> rebuilds = new TreeSet<>();

    @BeforeAll
    static void goEverywhere() {
        for (boolean reuseCached : new boolean[] {false, true}) {
            for (boolean tokenMayChange : new boolean[] {false, true}) {
                goEverywhere(
                        new ExportProtocol(
                                new Policy(
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(2),
                                        TIMEOUT,
                                        3,
                                        reuseCached,
                                        tokenMayChange),
                                () -> 0.5));
            }
        }
    }

    private static void goEverywhere(ExportProtocol protocol) {
        Set<ExportProgress> seen = new HashSet<>();
        Deque<ExportProgress> open = new ArrayDeque<>();
        open.add(ExportProgress.initial());
        while (!open.isEmpty()) {
            ExportProgress before = open.remove();
            if (!seen.add(before)) {
                continue;
            }
            for (long now : new long[] {IN_TIME, LATE}) {
                ExportProgress restored = before.afterRestore(now, TIMEOUT);
                open.add(restored);
                rebuildArrow(before, restored, "restore");
            }
            for (Situation situation : situations()) {
                for (Answer answer : answers()) {
                    for (long now : new long[] {IN_TIME, LATE}) {
                        Step step = protocol.next(before, answer, now, situation);
                        String name = answer.getClass().getSimpleName();
                        steps.add(arrow("Ask", step.getClass().getSimpleName(), name));
                        if (step instanceof Step.Ask || step instanceof Step.Deliver) {
                            rebuildArrow(before, step.progress(), name);
                            open.add(withoutCounts(step.progress()));
                        }
                    }
                }
            }
        }
    }

    private static void rebuildArrow(ExportProgress before, ExportProgress after, String why) {
        if (before.rebuild() != after.rebuild()) {
            rebuilds.add(arrow(before.rebuild().name(), after.rebuild().name(), why));
        }
    }

    /** What only grows is cut off, so that there is an end of new progress. */
    private static ExportProgress withoutCounts(ExportProgress progress) {
        return new ExportProgress(
                progress.asked(),
                progress.attempts(),
                progress.callFailures(),
                Math.min(1, progress.throttles()),
                progress.rebuild(),
                progress.staleCreationDate(),
                Math.min(1, progress.polls()),
                Math.min(IN_TIME, progress.startedAt()),
                progress.tokenReread());
    }

    private static List<Situation> situations() {
        return Stream.of(true, false)
                .flatMap(
                        divisible ->
                                Stream.of(situation(divisible, true), situation(divisible, false)))
                .toList();
    }

    private static Situation situation(boolean divisible, boolean recentWindow) {
        return new Situation(divisible, recentWindow, age -> 0);
    }

    private static List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        for (String date : new String[] {null, "2018-01-29 10:00:00", "2018-01-29 10:00:01"}) {
            answers.add(new Answer.Pending("started", date));
            answers.add(new Answer.Finished(null, date, true));
            answers.add(new Answer.Failed("", date));
        }
        answers.add(new Answer.Throttled(null));
        answers.add(new Answer.Unauthorized(""));
        answers.add(new Answer.Rejected(403, ""));
        answers.add(new Answer.Redirected(302, ""));
        answers.add(new Answer.Broken("", null));
        return answers;
    }

    private static String arrow(String from, String to, String why) {
        return "%s --> %s: %s".formatted(from, to, why);
    }

    @Test
    void stepsAreThoseOfTheProtocol() throws IOException {
        assertThat(arrows("Ask")).containsExactlyInAnyOrderElementsOf(steps);
        assertThat(steps)
                .as("kinds of answers that were tried")
                .extracting(arrow -> arrow.replaceFirst(".*: ", ""))
                .containsAll(kinds(Answer.class).map(Class::getSimpleName).toList());
    }

    @Test
    void rebuildsAreThoseOfTheProtocol() throws IOException {
        assertThat(arrows(Rebuild.DUE.name())).containsExactlyInAnyOrderElementsOf(rebuilds);
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(ArchitecturePageTest::kinds)
                : Stream.of(type);
    }

    /** The arrows, each with the first word of its text, of the diagram that has this state. */
    private static List<String> arrows(String state) throws IOException {
        for (String diagram : Pages.blocks(Pages.ROOT.resolve("docs/architecture.md"), "mermaid")) {
            if (diagram.startsWith("stateDiagram") && diagram.contains(" " + state + " -->")) {
                List<String> arrows = new ArrayList<>();
                Matcher arrow = ARROW.matcher(diagram);
                while (arrow.find()) {
                    arrows.add(arrow(arrow.group(1), arrow.group(2), arrow.group(3)));
                }
                return arrows;
            }
        }
        throw new AssertionError("no picture with a state '" + state + "'");
    }
}
