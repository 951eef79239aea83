package dev.stampede.training.dataset;

import dev.stampede.stamps.contract.ModelContract;
import java.util.HashSet;
import java.util.List;

/**
 * What a network tells apart, in the order of its output. A stamp with a point source is {@code real}. Any other is of
 * the class named as its kind, such as {@code star_residue}, or else of the class {@code bogus}.
 *
 * @param names two or more, each once, one of them {@code real}
 */
public record Classes(List<String> names) {
    /** Bogus and real. */
    public static final Classes TWO = new Classes(ModelContract.TWO_CLASSES);

    private static final String BOGUS = "bogus";

    public Classes {
        names = List.copyOf(names);
        if (names.size() < 2 || !names.contains(ModelContract.REAL) || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "the classes must be two or more, each once, one of them " + ModelContract.REAL + ", not " + names);
        }
    }

    /** How many there are. */
    public int size() {
        return names.size();
    }

    /**
     * The place of a stamp's class.
     *
     * @throws InvalidDataException if no class is for such stamps
     */
    int of(boolean isReal, String kind) {
        int named = names.indexOf(isReal ? ModelContract.REAL : kind);
        int place = named >= 0 ? named : names.indexOf(BOGUS);
        if (place < 0) {
            throw new InvalidDataException("no class of " + String.join(", ", names) + " is for stamps of "
                    + (kind.isEmpty() ? "unknown kind" : "kind '" + kind + "'") + "; add '"
                    + (kind.isEmpty() ? BOGUS : kind + "' or '" + BOGUS) + "'");
        }
        return place;
    }

    @Override
    public String toString() {
        return String.join(",", names);
    }
}
