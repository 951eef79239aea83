package dev.stampede.training.export;

import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.FeatureMask;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Test stamps with the calibrated probabilities of the fitted network, to verify its parity with another engine. They
 * cover the range of probabilities, because at probabilities near 0 and 1 a wrong export also agrees.
 */
public final class ParityStamps {
    /** Stamps for the verification of an exported file. */
    static final int FOR_PARITY = 1000;

    /** Golden stamps in the model file. */
    static final int GOLDEN = 32;

    private final List<GoldenStamp> all;
    private final List<GoldenStamp> golden;

    private ParityStamps(List<GoldenStamp> all, List<GoldenStamp> golden) {
        this.all = all;
        this.golden = golden;
    }

    /** Chooses among {@code examples}; {@code predictions} are calibrated and in the same order. */
    public static ParityStamps of(Examples examples, Predictions predictions) {
        return of(examples, predictions, FeatureMask.NONE);
    }

    /** The same for predictions that were made without the features that {@code mask} hides. */
    public static ParityStamps of(Examples examples, Predictions predictions, FeatureMask mask) {
        int[] undecidedFirst = IntStream.range(0, examples.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Math.abs(predictions.logOdds(i))))
                .mapToInt(Integer::intValue)
                .toArray();
        Set<Integer> chosen = new LinkedHashSet<>();
        for (int i = 0; i < Math.min(FOR_PARITY / 2, undecidedFirst.length); i++) {
            chosen.add(undecidedFirst[i]);
        }
        for (int i = 0; i < undecidedFirst.length && chosen.size() < FOR_PARITY; i++) {
            chosen.add(i); // the examples are in random order
        }
        List<GoldenStamp> all =
                chosen.stream().map(i -> golden(examples, predictions, mask, i)).toList();
        return new ParityStamps(all, spread(all));
    }

    private static GoldenStamp golden(Examples examples, Predictions predictions, FeatureMask mask, int index) {
        Stamp stamp = examples.source().stamp(examples.stampIndex(index));
        CandidateFeatures visible = mask.visible(
                examples.features(index), index, examples.featureInput().features());
        return new GoldenStamp(stamp.withFeatures(visible), predictions.probability(index, 1));
    }

    /** For each of a series of evenly spaced probabilities the closest stamp that is not yet chosen. */
    private static List<GoldenStamp> spread(List<GoldenStamp> all) {
        Set<GoldenStamp> spread = new LinkedHashSet<>();
        for (int i = 0; i < GOLDEN; i++) {
            double wanted = (i + 0.5) / GOLDEN;
            all.stream()
                    .filter(stamp -> !spread.contains(stamp))
                    .min(Comparator.comparingDouble(stamp -> Math.abs(stamp.probability() - wanted)))
                    .ifPresent(spread::add);
        }
        return List.copyOf(spread);
    }

    /** Up to {@value #GOLDEN} of them, spread as evenly as possible over the probabilities. */
    public List<GoldenStamp> golden() {
        return golden;
    }

    /** Up to {@value #FOR_PARITY}, half of them those with probabilities closest to 0.5. */
    List<GoldenStamp> all() {
        return all;
    }

    /** The number of stamps with a probability between 0.01 and 0.99. */
    long undecided() {
        return all.stream()
                .filter(stamp -> stamp.probability() > 0.01f && stamp.probability() < 0.99f)
                .count();
    }
}
