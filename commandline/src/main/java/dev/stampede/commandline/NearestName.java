package dev.stampede.commandline;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests a name, of a setting, an option or a command, for a misspelled one. */
public final class NearestName {
    private NearestName() {}

    /** The name with the smallest edit distance to {@code written}; empty if that is above half of the length. */
    public static Optional<String> of(String written, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(written, name)))
                .filter(name -> distance(written, name) <= Math.max(written.length(), name.length()) / 2);
    }

    /** The edit distance (Levenshtein 1966), computed row by row (Wagner and Fischer 1974). */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
