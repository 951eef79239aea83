package dev.stampede.training.fit;

import dev.stampede.training.dataset.Examples;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The order in which examples are fitted: a new permutation in each epoch, cut into full batches. Examples that do not
 * fill a batch are left out of the epoch, because a small batch has poor batch statistics.
 */
final class Shuffle {
    private static final int SYMMETRIES = 8;

    private final int[] order;
    private final int batchSize;
    private final SplittableRandom random;

    Shuffle(int examples, int batchSize, SplittableRandom random) {
        this(IntStream.range(0, examples).toArray(), batchSize, random);
    }

    private Shuffle(int[] order, int batchSize, SplittableRandom random) {
        this.order = order;
        this.batchSize = Math.min(batchSize, order.length);
        this.random = random;
    }

    /** The same number of examples of both classes: those of the rarer class are repeated in turn. */
    static Shuffle balanced(Examples examples, int batchSize, SplittableRandom random) {
        int[] real =
                IntStream.range(0, examples.size()).filter(examples::isReal).toArray();
        int[] bogus = IntStream.range(0, examples.size())
                .filter(i -> !examples.isReal(i))
                .toArray();
        int each = Math.max(real.length, bogus.length);
        int[] order = IntStream.range(0, 2 * each)
                .map(i -> i < each ? real[i % real.length] : bogus[i % bogus.length])
                .toArray();
        return new Shuffle(order, batchSize, random);
    }

    /** Draws a new permutation (Fisher and Yates). */
    void reshuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    int batches() {
        return order.length / batchSize;
    }

    int batchSize() {
        return batchSize;
    }

    int[] batch(int number) {
        return Arrays.copyOfRange(order, number * batchSize, (number + 1) * batchSize);
    }

    /** A random symmetry of the square, 0 to 7, for each position of a batch. */
    int[] symmetries() {
        return random.ints(batchSize, 0, SYMMETRIES).toArray();
    }

    /** Advances the random numbers as {@code epochs} epochs would. */
    void skip(int epochs, boolean withSymmetries) {
        for (int epoch = 0; epoch < epochs; epoch++) {
            reshuffle();
            for (int batch = 0; withSymmetries && batch < batches(); batch++) {
                symmetries();
            }
        }
    }
}
