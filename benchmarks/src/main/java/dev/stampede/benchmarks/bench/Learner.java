package dev.stampede.benchmarks.bench;

/** A network that is being fitted. Holds memory outside the heap until it is closed. */
interface Learner extends AutoCloseable {
    /** Fits one step to the examples at {@code indices}; answers the mean log loss before it, nats. */
    double step(int[] indices);

    @Override
    void close();
}
