package dev.stampede.training.fit;

import dev.stampede.training.dataset.Examples;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The order in which examples are fitted: a new permutation each epoch, cut into whole batches. What is left over waits
 * for the next epoch, for a small batch has poor statistics.
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

    /** Of both classes as many: those of the rarer are repeated in turn until they are. */
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
    void again() {
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

    /** One of the eight symmetries of a square for each position of a batch, drawn anew for each batch. */
    int[] symmetries() {
        return random.ints(batchSize, 0, SYMMETRIES).toArray();
    }

    /** Draws all that {@code epochs} epochs draw, so that the next one is as if they had been fitted. */
    void skip(int epochs, boolean withSymmetries) {
        for (int epoch = 0; epoch < epochs; epoch++) {
            again();
            for (int batch = 0; withSymmetries && batch < batches(); batch++) {
                symmetries();
            }
        }
    }
}
