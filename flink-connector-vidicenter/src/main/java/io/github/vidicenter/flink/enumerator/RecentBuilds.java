package io.github.vidicenter.flink.enumerator;

import io.github.vidicenter.flink.event.BuildsSeen;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * How long the latest exports took to build, of all readers: told to a reader that starts later or
 * anew. Not part of a checkpoint, since it is soon learned again.
 */
final class RecentBuilds {

    /** What a busy account builds in a quarter of an hour; some 10 KiB to send. */
    private static final int REMEMBERED = 300;

    private final Deque<BuildsSeen.Build> builds = new ArrayDeque<>();

    void add(BuildsSeen seen) {
        builds.addAll(seen.builds());
        while (builds.size() > REMEMBERED) {
            builds.removeFirst();
        }
    }

    boolean isEmpty() {
        return builds.isEmpty();
    }

    /** Oldest first. */
    BuildsSeen all() {
        return new BuildsSeen(List.copyOf(builds));
    }
}
