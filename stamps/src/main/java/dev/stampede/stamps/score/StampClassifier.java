package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;

/**
 * A proven model, ready to judge stamps: one ONNX Runtime session that all threads share. Thread-safe; each thread
 * takes a {@link Judge} of its own.
 */
public final class StampClassifier implements AutoCloseable {
    /** Above this share of masked pixels a stamp is not judged: less than half of it was ever seen. */
    public static final float MAX_MASKED_FRACTION = 0.5f;

    private StampClassifier() {}

    /**
     * Opens the model on the CPU and proves it: golden stamps score as the contract says, and clean synthetic point
     * sources score above pure noise.
     *
     * @throws UnprovenModelException if the file fails either, or its tensors are not what the contract says
     */
    public static StampClassifier open(ModelFile model) {
        throw new UnsupportedOperationException();
    }

    public ModelContract contract() {
        throw new UnsupportedOperationException();
    }

    public ModelFile model() {
        throw new UnsupportedOperationException();
    }

    /** What computes the scores: {@code cpu} or {@code cuda}. */
    public String executionProvider() {
        throw new UnsupportedOperationException();
    }

    /** A judge for one thread, with buffers for {@code maxBatch} stamps. Close it before the classifier. */
    public Judge newJudge(int maxBatch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
