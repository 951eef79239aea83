package dev.stampede.training.dataset;

import dev.stampede.stamps.contract.ModelContract;
import java.util.HashSet;
import java.util.List;

/**
 * The classes of a network, in the order of its output. A stamp with a point source is {@code real}. Any other has the
 * class named like its kind, for example {@code star_residue}, or else the class {@code bogus}.
 *
 * @param names two or more, each once, one of them {@code real}
 */
public record ClassNames(List<String> names) {
    /** Bogus and real. */
    public static final ClassNames TWO = new ClassNames(ModelContract.TWO_CLASSES);

    private static final String BOGUS = "bogus";

    public ClassNames {
        names = List.copyOf(names);
        if (names.size() < 2 || !names.contains(ModelContract.REAL) || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "the classes must be two or more, each once, one of them " + ModelContract.REAL + ", not " + names);
        }
    }

    /** The number of classes. */
    public int size() {
        return names.size();
    }

    /**
     * The index of the class of a stamp.
     *
     * @throws InvalidDataException if no class applies
     */
    int of(boolean isReal, String kind) {
        int named = names.indexOf(isReal ? ModelContract.REAL : kind);
        int place = named >= 0 ? named : names.indexOf(BOGUS);
        if (place < 0) {
            throw new InvalidDataException("None of the classes " + String.join(", ", names) + " is for stamps of "
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
