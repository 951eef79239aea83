package dev.stampede.training.evaluate;

/** Figures of a set of examples in which each counts as often as its weight says. */
@FunctionalInterface
interface Statistic {
    /**
     * The figures, always as many and in the same order; NaN where one does not exist.
     *
     * @param weights for each example how often it counts, 0 or more
     */
    double[] of(int[] weights);
}
