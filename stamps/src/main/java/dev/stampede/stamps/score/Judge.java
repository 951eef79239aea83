package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.score.Judgement.Abstained;
import dev.stampede.stamps.score.Judgement.Scored;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.stamp.StampQuality;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Judges batches of stamps with a model. Holds buffers: one instance a thread. */
public final class Judge implements AutoCloseable {
    private final Engine engine;
    private final float threshold;
    private final Examination examination;
    private final Batch batch;
    /** By place in the batch: which of the stamps it is, and what was measured on it. */
    private final int[] indices;

    private final StampQuality[] qualities;
    private long modelNanos;
    private boolean closed;

    /** Takes over one hold of the engine, to release it on closing. */
    Judge(Engine engine, ModelContract contract, Batch batch, int maxBatch) {
        this.engine = engine;
        this.threshold = contract.threshold();
        this.examination = new Examination(contract);
        this.batch = batch;
        this.indices = new int[maxBatch];
        this.qualities = new StampQuality[maxBatch];
    }

    /**
     * The outcome for each stamp, in order. Stamps larger than the model's input are cropped about their centre; those
     * which cannot be judged abstain. Runs the model once per {@code maxBatch} judgeable stamps.
     *
     * @throws ScoringException if ONNX Runtime fails
     * @throws IllegalStateException if this is closed
     */
    public List<Judgement> judge(List<Stamp> stamps) {
        if (closed) {
            throw new IllegalStateException("this judge is closed; take a new one from the classifier");
        }
        Judgement[] judgements = new Judgement[stamps.size()];
        batch.clear();
        modelNanos = 0;
        int index = 0;
        for (Stamp stamp : stamps) {
            Optional<Abstention> reason = examination.examine(stamp);
            if (reason.isPresent()) {
                judgements[index] = new Abstained(reason.get(), examination.quality());
            } else {
                enter(index);
            }
            if (batch.isFull()) {
                score(judgements);
            }
            index++;
        }
        if (batch.count() > 0) {
            score(judgements);
        }
        return Collections.unmodifiableList(Arrays.asList(judgements));
    }

    private void enter(int index) {
        int place = batch.add(examination.normalised());
        indices[place] = index;
        qualities[place] = examination.quality();
    }

    private void score(Judgement[] judgements) {
        long start = System.nanoTime();
        batch.run(engine.session());
        modelNanos += System.nanoTime() - start;
        for (int place = 0; place < batch.count(); place++) {
            float probability = batch.probability(place);
            Verdict verdict = probability >= threshold ? Verdict.REAL : Verdict.BOGUS;
            judgements[indices[place]] = new Scored(probability, verdict, qualities[place]);
        }
        batch.clear();
    }

    /** Of the time of the last {@link #judge}, what went into the runs of the model, nanoseconds. */
    public long modelNanos() {
        return modelNanos;
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
