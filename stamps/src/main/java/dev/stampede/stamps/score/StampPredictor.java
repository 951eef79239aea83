package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Predicts batches of stamps with a model. Not thread-safe. */
public final class StampPredictor implements AutoCloseable {
    private final OnnxSession engine;
    private final float threshold;
    private final List<Plane> planes;
    private final FeatureInput features;
    private final StampPreparation preparation;
    private final TensorBatch batch;
    /** By place in the batch: the index of the stamp, and its quality. */
    private final int[] indices;

    private final PixelQuality[] qualities;
    private long modelNanos;
    private boolean closed;

    /** Takes over one reference to the session, which {@link #close} releases. */
    StampPredictor(OnnxSession engine, ModelContract contract, TensorBatch batch, int maxBatch) {
        this.engine = engine;
        this.threshold = contract.threshold();
        this.planes = contract.planes();
        this.features = contract.features();
        this.preparation = new StampPreparation(contract);
        this.batch = batch;
        this.indices = new int[maxBatch];
        this.qualities = new PixelQuality[maxBatch];
    }

    /**
     * The prediction for each stamp, in order. Stamps larger than the model's input are cropped to their centre; for those
     * that cannot be scored it abstains. Runs the model once per {@code maxBatch} scored stamps.
     *
     * @throws ScoringException if ONNX Runtime fails
     * @throws IllegalStateException if this is closed
     */
    public List<Prediction> predict(List<Stamp> stamps) {
        if (closed) {
            throw new IllegalStateException("this predictor is closed; take a new one from the model");
        }
        Prediction[] predictions = new Prediction[stamps.size()];
        batch.clear();
        modelNanos = 0;
        int index = 0;
        for (Stamp stamp : stamps) {
            Optional<Abstained> abstained = abstention(stamp);
            if (abstained.isPresent()) {
                predictions[index] = abstained.get();
            } else {
                enter(index, stamp.features());
            }
            if (batch.isFull()) {
                score(predictions);
            }
            index++;
        }
        if (batch.count() > 0) {
            score(predictions);
        }
        return Collections.unmodifiableList(Arrays.asList(predictions));
    }

    /** Empty if the stamp is prepared and all that the model needs is known of it. */
    private Optional<Abstained> abstention(Stamp stamp) {
        Optional<Abstention> reason = preparation.prepare(stamp);
        if (reason.isPresent()) {
            return Optional.of(abstained(reason.get()));
        }
        List<CandidateFeature> missing = features.missing(stamp.features());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(Abstained.withoutFeatures(missing, preparation.quality()));
    }

    private Abstained abstained(Abstention reason) {
        String detail = reason == Abstention.MISSING_PLANE ? Plane.names(planes) : "";
        return new Abstained(reason, detail, preparation.quality());
    }

    private void enter(int index, CandidateFeatures known) {
        int place = batch.add(preparation.normalised(), known);
        indices[place] = index;
        qualities[place] = preparation.quality();
    }

    private void score(Prediction[] predictions) {
        long start = System.nanoTime();
        batch.run(engine.session());
        modelNanos += System.nanoTime() - start;
        for (int place = 0; place < batch.count(); place++) {
            float probability = batch.probability(place);
            Verdict verdict = probability >= threshold ? Verdict.REAL : Verdict.BOGUS;
            predictions[indices[place]] = new Scored(probability, verdict, qualities[place]);
        }
        batch.clear();
    }

    /** The time of the model runs in the last {@link #predict}, nanoseconds. */
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
