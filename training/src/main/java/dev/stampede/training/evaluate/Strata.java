package dev.stampede.training.evaluate;

import dev.stampede.training.dataset.LabelledStamps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The strata of a set of examples: sources by increasing S/N, then bogus stamps by kind. */
final class Strata {
    private static final Comparator<Stratum> ORDER = Comparator.comparing(Stratum::isReal)
            .reversed()
            .thenComparingDouble(Stratum::signalToNoiseLow)
            .thenComparing(Stratum::name);

    private final List<Stratum> strata;
    private final int[] stratumOf;

    private Strata(List<Stratum> strata, int[] stratumOf) {
        this.strata = strata;
        this.stratumOf = stratumOf;
    }

    /** The strata of the stamps at {@code indices} of {@code stamps}. */
    static Strata of(LabelledStamps stamps, int[] indices) {
        return of(IntStream.of(indices)
                .mapToObj(i ->
                        stamps.isReal(i) ? Stratum.ofSource(stamps.signalToNoise(i)) : Stratum.ofBogus(stamps.kind(i)))
                .toList());
    }

    /** The strata of examples with the given stratum each. */
    static Strata of(List<Stratum> stratumOfExample) {
        List<Stratum> strata = new ArrayList<>(
                stratumOfExample.stream().distinct().sorted(ORDER).toList());
        return new Strata(
                List.copyOf(strata),
                stratumOfExample.stream().mapToInt(strata::indexOf).toArray());
    }

    List<Stratum> strata() {
        return strata;
    }

    int of(int example) {
        return stratumOf[example];
    }

    /** The number of examples in each stratum. */
    int[] counts() {
        int[] counts = new int[strata.size()];
        for (int stratum : stratumOf) {
            counts[stratum]++;
        }
        return counts;
    }
}
