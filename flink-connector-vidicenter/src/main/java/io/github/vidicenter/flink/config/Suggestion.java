package io.github.vidicenter.flink.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words for messages about a name that does not exist: what does, and what was likely meant. */
public final class Suggestion {

    private Suggestion() {}

    /** The allowed names, quoted, in their order, and the nearest of them where one is near. */
    public static String of(String given, Collection<String> allowed) {
        return "Allowed: " + quoted(allowed) + "." + didYouMean(given, allowed);
    }

    /** {@code " Did you mean 'x'?"}, or nothing where no allowed name is near. */
    public static String didYouMean(String given, Collection<String> allowed) {
        return allowed.stream()
                .min(Comparator.comparingInt(name -> distance(given, name)))
                .filter(name -> distance(given, name) <= Math.max(1, given.length() / 3))
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
    }

    /** {@code 'a', 'b', 'c'}. */
    public static String quoted(Collection<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    /** Levenshtein's edit distance, blind to case and to {@code _} against {@code -}. */
    static int distance(String a, String b) {
        String from = a.toLowerCase(Locale.ROOT).replace('-', '_');
        String to = b.toLowerCase(Locale.ROOT).replace('-', '_');
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
