package dev.stampede.training.export;

import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.evaluate.Predictions;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Test stamps with the calibrated probabilities that the fitted network gives them, against which other engines are
 * held. They are chosen with spread probabilities: a network that is sure of everything agrees with its wrong copies.
 */
public final class Witnesses {
    /** Stamps on which the exported file is compared with the network. */
    static final int FOR_PARITY = 1000;

    /** Stamps that travel inside the file. */
    static final int GOLDEN = 32;

    private final List<GoldenStamp> all;
    private final List<GoldenStamp> golden;

    private Witnesses(List<GoldenStamp> all, List<GoldenStamp> golden) {
        this.all = all;
        this.golden = golden;
    }

    /** Chooses among {@code examples}; {@code predictions} are the network's, calibrated, in the same order. */
    public static Witnesses of(Examples examples, Predictions predictions) {
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
                chosen.stream().map(i -> golden(examples, predictions, i)).toList();
        return new Witnesses(all, spread(all));
    }

    private static GoldenStamp golden(Examples examples, Predictions predictions, int index) {
        Stamp stamp = examples.source().stamp(examples.stampIndex(index));
        return new GoldenStamp(stamp, predictions.probability(index, 1));
    }

    /** For evenly spaced probabilities the witness that comes nearest, each once. */
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

    /** About {@value #GOLDEN} of them, spread as evenly over the probabilities as there are stamps to. */
    public List<GoldenStamp> golden() {
        return golden;
    }

    /** Up to {@value #FOR_PARITY}, half of them those the network is least sure of. */
    List<GoldenStamp> all() {
        return all;
    }

    /** How many are neither plainly bogus nor plainly real: probability 0.01 to 0.99. */
    long undecided() {
        return all.stream()
                .filter(stamp -> stamp.probability() > 0.01f && stamp.probability() < 0.99f)
                .count();
    }
}
