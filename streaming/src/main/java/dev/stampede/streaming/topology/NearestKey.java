package dev.stampede.streaming.topology;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the key that someone meant who wrote another. */
final class NearestKey {
    private NearestKey() {}

    /** The key nearest to {@code written} in letters to change; empty where half of them would have to. */
    static Optional<String> of(String written, Collection<String> keys) {
        return keys.stream()
                .min(Comparator.comparingInt(key -> distance(written, key)))
                .filter(key -> distance(written, key) <= Math.max(written.length(), key.length()) / 2);
    }

    /** The least number of letters to insert, delete or replace (Levenshtein 1966; by rows, Wagner and Fischer 1974). */
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
