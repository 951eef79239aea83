package dev.stampede.stamps.score;

import dev.stampede.stamps.stamp.CandidateFeatures;

/**
 * Scores stamps that are already normalised, such as occluded ones: add up to {@link #capacity()}, run, read, clear. Not
 * thread-safe.
 */
public final class Scorer implements AutoCloseable {
    private final OnnxSession engine;
    private final TensorBatch batch;
    private final int capacity;
    private boolean closed;

    /** Takes over one reference to the session, which {@link #close} releases. */
    Scorer(OnnxSession engine, TensorBatch batch, int capacity) {
        this.engine = engine;
        this.batch = batch;
        this.capacity = capacity;
        batch.clear();
    }

    /** The maximum number of stamps in one run. */
    public int capacity() {
        return capacity;
    }

    /** The number of stamps added since the last {@link #clear}. */
    public int count() {
        return batch.count();
    }

    /** Adds the normalised pixels, in plane, row, column order, of a stamp without features, and returns its place. */
    public int add(float[] normalised) {
        return add(normalised, CandidateFeatures.NONE);
    }

    /** The same with what is known of the candidate; a model of stamps alone ignores it. */
    public int add(float[] normalised, CandidateFeatures known) {
        return batch.add(normalised, known);
    }

    /**
     * Scores the added stamps, one or more.
     *
     * @throws ScoringException if ONNX Runtime fails
     * @throws IllegalStateException if this is closed
     */
    public void run() {
        if (closed) {
            throw new IllegalStateException("this scorer is closed; take a new one from the model");
        }
        batch.run(engine.session());
    }

    /**
     * The calibrated probability, 0 to 1, that the stamp at {@code place} is real, by the last run.
     *
     * @throws ScoringException if the engine returned anything else than a number from 0 to 1
     */
    public float probability(int place) {
        return batch.probability(place);
    }

    /** Removes the added stamps. */
    public void clear() {
        batch.clear();
    }

    /** Frees the buffers; closing twice does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            batch.close();
            engine.release();
        }
    }
}
