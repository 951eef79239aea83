package dev.stampede.stamps.score;

/**
 * Scores stamps that are normalised already, such as occluded ones: add up to {@link #capacity()}, run, read, clear.
 * Holds buffers: one instance a thread.
 */
public final class Scorer implements AutoCloseable {
    private final Engine engine;
    private final Batch batch;
    private final int capacity;
    private boolean closed;

    /** Takes over one hold of the engine, to release it on closing. */
    Scorer(Engine engine, Batch batch, int capacity) {
        this.engine = engine;
        this.batch = batch;
        this.capacity = capacity;
        batch.clear();
    }

    /** How many stamps one run takes. */
    public int capacity() {
        return capacity;
    }

    /** How many stamps were added since the last {@link #clear}. */
    public int count() {
        return batch.count();
    }

    /** Adds a stamp's normalised pixels, in channel, row, column order, and answers its place. */
    public int add(float[] normalised) {
        return batch.add(normalised);
    }

    /**
     * Scores what was added, of which there must be one.
     *
     * @throws ScoringException if ONNX Runtime fails
     * @throws IllegalStateException if this is closed
     */
    public void run() {
        if (closed) {
            throw new IllegalStateException("this scorer is closed; take a new one from the classifier");
        }
        batch.run(engine.session());
    }

    /**
     * The calibrated probability, 0 to 1, that the stamp at {@code place} is real, by the last run.
     *
     * @throws ScoringException if the engine answered anything else than a number from 0 to 1
     */
    public float probability(int place) {
        return batch.probability(place);
    }

    /** Forgets what was added. */
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
