package dev.wellhead.internal.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the known name that is most similar to a misspelt one. */
public final class Suggestions {

    /** A longer text is not a misspelt name, and comparing it would take too long. */
    private static final int LONGEST = 100;

    private Suggestions() {}

    /**
     * {@return the known name most similar to {@code typed}; empty if none is similar enough} Letter case and the
     * separators {@code _}, {@code -} and {@code .} are ignored, so {@code connect-timeout} finds
     * {@code connectTimeout}. Of equally similar names the first one is returned.
     */
    public static Optional<String> nearest(String typed, Collection<String> known) {
        String wanted = plain(typed);
        if (wanted.isEmpty() || typed.length() > LONGEST) {
            return Optional.empty();
        }
        @Nullable String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            String name = plain(candidate);
            int distance = distance(wanted, name);
            if (distance < bestDistance && distance <= tolerance(wanted, name)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** A third of the shorter name may differ, but never more than four letters. */
    private static int tolerance(String left, String right) {
        return Math.min(4, Math.min(left.length(), right.length()) / 3);
    }

    /** {@return the name in lower case, without the separators {@code _}, {@code -} and {@code .}} */
    public static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '_' && c != '-' && c != '.') {
                plain.append(c);
            }
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the edit distance} It is the optimal string alignment distance: an insertion, a deletion, a substitution
     * and a swap of two neighbours each cost one.
     */
    public static int distance(String left, String right) {
        int[] beforeLast = new int[right.length() + 1];
        int[] last = new int[right.length() + 1];
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                boolean same = left.charAt(i - 1) == right.charAt(j - 1);
                int cost = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    cost = Math.min(cost, beforeLast[j - 2] + 1);
                }
                row[j] = cost;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[right.length()];
    }
}
