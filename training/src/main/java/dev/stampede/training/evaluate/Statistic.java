package dev.stampede.training.evaluate;

/** Computes metrics of weighted examples. */
@FunctionalInterface
interface Statistic {
    /**
     * The metrics, always in the same order; NaN for one that is undefined.
     *
     * @param weights the weight of each example, 0 or more
     */
    double[] of(int[] weights);
}
