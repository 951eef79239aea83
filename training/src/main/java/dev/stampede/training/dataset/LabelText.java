package dev.stampede.training.dataset;

import java.util.Locale;
import java.util.Set;

/** The labels of stamps as texts: 1, real or true, and 0, bogus or false. */
final class LabelText {
    private static final Set<String> REAL = Set.of("1", "1.0", "real", "true");
    private static final Set<String> BOGUS = Set.of("0", "0.0", "bogus", "false");

    private LabelText() {}

    /**
     * Whether {@code label} means real.
     *
     * @param place the row, for messages
     * @throws InvalidDataException if it is no label
     */
    static boolean isReal(String label, Object place) {
        String text = label.toLowerCase(Locale.ROOT);
        if (!REAL.contains(text) && !BOGUS.contains(text)) {
            throw new InvalidDataException(place + " has the label '" + label
                    + "', not 1 or 0; leave out the stamps that are neither real nor bogus.");
        }
        return REAL.contains(text);
    }
}
