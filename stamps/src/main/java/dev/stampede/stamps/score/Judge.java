package dev.stampede.stamps.score;

import dev.stampede.stamps.stamp.Stamp;
import java.util.List;

/** Judges batches of stamps with a model. Holds buffers: one instance a thread. */
public final class Judge implements AutoCloseable {
    Judge() {}

    /**
     * The outcome for each stamp, in order. Stamps larger than the model's input are cropped about their centre; those
     * which cannot be judged abstain. Runs the model once per {@code maxBatch} judgeable stamps.
     *
     * @throws ScoringException if ONNX Runtime fails
     */
    public List<Judgement> judge(List<Stamp> stamps) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
