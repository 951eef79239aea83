package dev.stampede.stamps.score;

import ai.onnxruntime.OrtException;
import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.population.ReferencePopulation;
import java.util.Optional;

/**
 * A proven model, ready to judge stamps: one ONNX Runtime session that all threads share. Thread-safe; each thread
 * takes a {@link Judge} of its own.
 */
public final class StampClassifier implements AutoCloseable {
    /** Above this share of masked pixels a stamp is not judged: less than half of it was ever seen. */
    public static final float MAX_MASKED_FRACTION = 0.5f;

    /** The proof runs in batches of this many. */
    private static final int PROOF_BATCH = 64;

    private final ModelFile model;
    private final ModelContract contract;
    private final Engine engine;
    private boolean closed;

    private StampClassifier(ModelFile model, ModelContract contract, Engine engine) {
        this.model = model;
        this.contract = contract;
        this.engine = engine;
    }

    /**
     * Opens the model on the CPU and proves it: golden stamps score as the contract says, and clean synthetic point
     * sources score above pure noise.
     *
     * @throws InvalidModelException if the file is not an ONNX model with a contract
     * @throws UnprovenModelException if the file fails either, or its tensors are not what the contract says
     */
    public static StampClassifier open(ModelFile model) {
        return open(model, EngineSettings.CPU);
    }

    /**
     * Opens and proves the model on the engine that {@code settings} ask for.
     *
     * @throws InvalidModelException if the file is not an ONNX model with a contract
     * @throws UnprovenModelException if the model fails its proof
     * @throws EngineUnavailableException if CUDA is demanded and not usable here
     */
    public static StampClassifier open(ModelFile model, EngineSettings settings) {
        Engine engine = Engine.open(model, settings);
        boolean proven = false;
        try {
            StampClassifier classifier = new StampClassifier(model, contractOf(model, engine), engine);
            classifier.prove();
            proven = true;
            return classifier;
        } finally {
            if (!proven) {
                engine.release();
            }
        }
    }

    private static ModelContract contractOf(ModelFile model, Engine engine) {
        try {
            return ModelContract.parse(engine.session().getMetadata().getCustomMetadata());
        } catch (InvalidModelException broken) {
            throw new InvalidModelException(model.origin() + ": " + broken.getMessage(), broken);
        } catch (OrtException failure) {
            throw new InvalidModelException(model.origin() + ": ONNX Runtime cannot read its metadata", failure);
        }
    }

    private void prove() {
        try {
            Signature.check(engine.session(), contract);
            try (Judge judge = newJudge(PROOF_BATCH)) {
                Proof.demand(contract, judge);
            }
        } catch (UnprovenModelException failed) {
            throw new UnprovenModelException(model.origin() + " fails the " + failed.getMessage(), failed);
        }
    }

    public ModelContract contract() {
        return contract;
    }

    public ModelFile model() {
        return model;
    }

    /**
     * The population that the model was measured on; empty where its file does not say.
     *
     * @throws InvalidModelException if what it says is broken
     */
    public Optional<ReferencePopulation> reference() {
        try {
            return entry(ReferencePopulation.ENTRY).map(ReferencePopulation::parse);
        } catch (IllegalArgumentException broken) {
            throw new InvalidModelException(
                    model.origin() + ": the entry " + ReferencePopulation.ENTRY + " is broken: " + broken.getMessage(),
                    broken);
        }
    }

    /** What the model was trained on, as JSON; empty where its file does not say. */
    public Optional<String> provenance() {
        return entry(ModelContract.PROVENANCE);
    }

    private Optional<String> entry(String key) {
        try {
            return Optional.ofNullable(
                    engine.session().getMetadata().getCustomMetadata().get(key));
        } catch (OrtException failure) {
            throw new InvalidModelException(model.origin() + ": ONNX Runtime cannot read its metadata", failure);
        }
    }

    /** What computes the scores: {@code cpu} or {@code cuda}. */
    public String executionProvider() {
        return engine.provider();
    }

    /**
     * A judge for one thread, with buffers for {@code maxBatch} stamps. Close it before the classifier; one that is
     * still open when the classifier closes works on, and keeps the model in memory until it closes.
     *
     * @throws IllegalArgumentException if {@code maxBatch} is below 1 or its buffers would pass 2 GiB
     * @throws IllegalStateException if this is closed
     */
    public synchronized Judge newJudge(int maxBatch) {
        Judge judge = new Judge(engine, contract, freshBatch(maxBatch), maxBatch);
        engine.hold();
        return judge;
    }

    /**
     * A scorer of normalised stamps for one thread, with buffers for {@code maxBatch} of them; otherwise as
     * {@link #newJudge}.
     */
    public synchronized Scorer newScorer(int maxBatch) {
        Scorer scorer = new Scorer(engine, freshBatch(maxBatch), maxBatch);
        engine.hold();
        return scorer;
    }

    /**
     * Runs the model once at each size that batches of up to {@code maxBatch} will have, so that no alert waits for what
     * ONNX Runtime and cuDNN do at their first meeting with a size.
     *
     * @throws ScoringException if ONNX Runtime fails
     */
    public void warmUp(int maxBatch) {
        float[] nothing = new float[contract.channels().size() * contract.stampSize() * contract.stampSize()];
        try (Scorer scorer = newScorer(maxBatch)) {
            for (int size : engine.runSizes(maxBatch).toWarm()) {
                while (scorer.count() < size) {
                    scorer.add(nothing);
                }
                scorer.run();
            }
        }
    }

    private Batch freshBatch(int maxBatch) {
        if (closed) {
            throw new IllegalStateException("the classifier of " + model.origin() + " is closed");
        }
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch must be 1 or more, not " + maxBatch);
        }
        return batchOf(maxBatch);
    }

    private Batch batchOf(int maxBatch) {
        try {
            return new Batch(maxBatch, engine.runSizes(maxBatch), contract);
        } catch (OrtException failure) {
            throw new ScoringException("ONNX Runtime gave no tensors for " + maxBatch + " stamps", failure);
        }
    }

    /** Closes the model; closing twice does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            engine.release();
        }
    }
}
