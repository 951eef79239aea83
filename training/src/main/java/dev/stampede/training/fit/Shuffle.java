package dev.stampede.training.fit;

import java.util.Arrays;
import java.util.SplittableRandom;

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
        this.order = new int[examples];
        Arrays.setAll(order, i -> i);
        this.batchSize = batchSize;
        this.random = random;
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

    /** One of the eight symmetries of a square, drawn anew for each position of each batch. */
    int symmetry(int position) {
        return random.nextInt(SYMMETRIES);
    }
}
