package dev.stampede.stamps.score;

import ai.onnxruntime.OrtException;
import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.population.ReferencePopulation;
import java.util.Optional;

/**
 * An opened and verified model: one ONNX Runtime session shared by all threads. Thread-safe; each thread uses its own
 * {@link StampPredictor}.
 */
public final class StampModel implements AutoCloseable {
    private static final int VERIFICATION_BATCH = 64;

    private final ModelFile model;
    private final ModelContract contract;
    private final OnnxSession engine;
    private final GraphSignature signature;
    private boolean closed;

    /** Throws {@link ModelVerificationException} if the tensors differ from the contract. */
    private StampModel(ModelFile model, ModelContract contract, OnnxSession engine) {
        this.model = model;
        this.contract = contract;
        this.engine = engine;
        try {
            signature = GraphSignature.of(engine.session(), contract);
        } catch (ModelVerificationException failed) {
            throw failedAt(model, failed);
        }
    }

    /**
     * Opens the model on the CPU and verifies it: golden stamps must get the probabilities of the contract, and synthetic
     * point sources must score above pure noise.
     *
     * @throws InvalidModelException if the file is not an ONNX model with a contract
     * @throws ModelVerificationException if a check fails or the tensors differ from the contract
     */
    public static StampModel open(ModelFile model) {
        return open(model, EngineSettings.CPU);
    }

    /**
     * Opens and verifies the model with the given engine.
     *
     * @throws InvalidModelException if the file is not an ONNX model with a contract
     * @throws ModelVerificationException if a check fails
     * @throws EngineUnavailableException if CUDA is required and not usable
     */
    public static StampModel open(ModelFile model, EngineSettings settings) {
        OnnxSession engine = OnnxSession.open(model, settings);
        boolean verified = false;
        try {
            StampModel opened = new StampModel(model, contractOf(model, engine), engine);
            opened.verify();
            verified = true;
            return opened;
        } finally {
            if (!verified) {
                engine.release();
            }
        }
    }

    /**
     * Loads ONNX Runtime, which opening a model does too: for programs that open one only after long work.
     *
     * @throws EngineUnavailableException if it cannot be loaded
     */
    public static void requireEngine() {
        OnnxSession.environment();
    }

    /**
     * Opens a model on the CPU by {@code contract} instead of the one in its file, without verifying its results: to find
     * out what a network computes under that contract.
     *
     * @throws InvalidModelException if ONNX Runtime cannot load the file
     * @throws ModelVerificationException if the tensors differ from the contract
     */
    public static StampModel openUnverified(ModelFile model, ModelContract contract) {
        OnnxSession engine = OnnxSession.open(model, EngineSettings.CPU);
        boolean opened = false;
        try {
            StampModel unverified = new StampModel(model, contract, engine);
            opened = true;
            return unverified;
        } finally {
            if (!opened) {
                engine.release();
            }
        }
    }

    private static ModelContract contractOf(ModelFile model, OnnxSession engine) {
        try {
            return ModelContract.parse(engine.session().getMetadata().getCustomMetadata());
        } catch (InvalidModelException e) {
            throw new InvalidModelException(model.origin() + ": " + e.getMessage(), e);
        } catch (OrtException failure) {
            throw new InvalidModelException(model.origin() + ": ONNX Runtime cannot read its metadata", failure);
        }
    }

    private void verify() {
        try (StampPredictor predictor = newPredictor(VERIFICATION_BATCH)) {
            ModelVerification.require(contract, predictor);
        } catch (ModelVerificationException failed) {
            throw failedAt(model, failed);
        }
    }

    private static ModelVerificationException failedAt(ModelFile model, ModelVerificationException failed) {
        return new ModelVerificationException(model.origin() + " fails the " + failed.getMessage(), failed);
    }

    public ModelContract contract() {
        return contract;
    }

    public ModelFile model() {
        return model;
    }

    /**
     * The reference population of the model; empty if its file has none.
     *
     * @throws InvalidModelException if the entry is invalid
     */
    public Optional<ReferencePopulation> reference() {
        try {
            return entry(ReferencePopulation.ENTRY).map(ReferencePopulation::parse);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(
                    model.origin() + ": the entry " + ReferencePopulation.ENTRY + " is invalid: " + e.getMessage(), e);
        }
    }

    /** The description of the training data as JSON; empty if its file has none. */
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

    /** The execution provider: {@code cpu} or {@code cuda}. */
    public String executionProvider() {
        return engine.provider();
    }

    /**
     * A predictor for one thread, with buffers for {@code maxBatch} stamps. One that is still open when the model is
     * closed continues to work and keeps the session in memory until it is closed too.
     *
     * @throws IllegalArgumentException if {@code maxBatch} is below 1 or its buffers would pass 2 GiB
     * @throws IllegalStateException if this is closed
     */
    public synchronized StampPredictor newPredictor(int maxBatch) {
        StampPredictor predictor = new StampPredictor(engine, contract, freshBatch(maxBatch), maxBatch);
        engine.hold();
        return predictor;
    }

    /**
     * A scorer of normalised stamps for one thread, otherwise like
     * {@link #newPredictor}.
     */
    public synchronized Scorer newScorer(int maxBatch) {
        Scorer scorer = new Scorer(engine, freshBatch(maxBatch), maxBatch);
        engine.hold();
        return scorer;
    }

    /**
     * Runs the model once with each batch size up to {@code maxBatch}, so that no alert waits for the initialisation of
     * ONNX Runtime and cuDNN for a new size.
     *
     * @throws ScoringException if ONNX Runtime fails
     */
    public void warmUp(int maxBatch) {
        float[] zeros = new float[contract.input().pixels()];
        try (Scorer scorer = newScorer(maxBatch)) {
            for (int size : engine.runSizes(maxBatch).toWarm()) {
                while (scorer.count() < size) {
                    scorer.add(zeros);
                }
                scorer.run();
            }
        }
    }

    private TensorBatch freshBatch(int maxBatch) {
        if (closed) {
            throw new IllegalStateException("the model of " + model.origin() + " is closed");
        }
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch must be 1 or more, not " + maxBatch);
        }
        return batchOf(maxBatch);
    }

    private TensorBatch batchOf(int maxBatch) {
        try {
            return new TensorBatch(maxBatch, engine.runSizes(maxBatch), contract, signature);
        } catch (OrtException failure) {
            throw new ScoringException("ONNX Runtime cannot allocate tensors for " + maxBatch + " stamps", failure);
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
