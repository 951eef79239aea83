package dev.stampede.training.pipeline;

import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.dataset.LabelledStamps;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Whether labels are from known Solar System objects only. These are brighter and slower than what a search is for, and
 * none is bogus: a network would learn to recognise the catalogue.
 */
final class KnownObjectBias {
    /** The source of labels that {@code label --known-objects} writes. */
    private static final String KNOWN_OBJECT = "KNOWN_OBJECT";

    private KnownObjectBias() {}

    /**
     * A warning if all real stamps that are not simulated are known objects.
     *
     * @throws InvalidDataException if all stamps that are not simulated are
     */
    static Optional<String> of(LabelledStamps stamps, IntPredicate isSimulated) {
        long known =
                count(stamps, isSimulated, index -> stamps.labelSource(index).equals(KNOWN_OBJECT));
        if (known == 0) {
            return Optional.empty();
        }
        if (known == count(stamps, isSimulated, index -> true)) {
            throw new InvalidDataException("All " + known + " labels are of the source " + KNOWN_OBJECT
                    + ": they are all real, and brighter than what the search is for. Label other candidates too"
                    + " (candidates-to-label), or add another --data.");
        }
        return known == count(stamps, isSimulated, stamps::isReal)
                ? Optional.of("All " + known + " real labels are of the source " + KNOWN_OBJECT
                        + ": the new model may miss sources that no catalogue has. Label others too"
                        + " (candidates-to-label).")
                : Optional.empty();
    }

    private static long count(LabelledStamps stamps, IntPredicate isSimulated, IntPredicate counted) {
        return IntStream.range(0, stamps.size())
                .filter(isSimulated.negate())
                .filter(counted)
                .count();
    }
}
