package dev.stampede.stamps.score;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelFile;
import java.util.Map;

/**
 * A reference-counted session of ONNX Runtime for one model file: it is closed with the last reference, so that a model
 * can be closed while another thread still runs it. Thread-safe.
 */
final class OnnxSession {
    private static final String CPU = "cpu";
    private static final String CUDA = "cuda";

    private final OrtSession session;
    private final String provider;
    private final boolean padsBatches;
    private int holders = 1;

    private OnnxSession(OrtSession session, String provider, boolean padsBatches) {
        this.session = session;
        this.provider = provider;
        this.padsBatches = padsBatches;
    }

    /**
     * Opens a session; the caller owns one reference.
     *
     * @throws EngineUnavailableException if CUDA is required and not usable, or ONNX Runtime is on the class path twice
     * @throws InvalidModelException if ONNX Runtime cannot load the file
     */
    static OnnxSession open(ModelFile model, EngineSettings settings) {
        model.requireSelfContained();
        environment(); // before any other class of ONNX Runtime, and to name a missing library of CUDA
        return switch (settings.provider()) {
            case CPU -> openOnCpu(model, settings);
            case CUDA -> openOnCuda(model, settings);
            case AUTO -> openOnCudaElseCpu(model, settings);
        };
    }

    private static OnnxSession openOnCudaElseCpu(ModelFile model, EngineSettings settings) {
        try {
            return openOnCuda(model, settings);
        } catch (EngineUnavailableException unusable) {
            return openOnCpu(model, settings); // with new options: those of a failed CUDA provider cannot be reused
        }
    }

    private static OnnxSession openOnCpu(ModelFile model, EngineSettings settings) {
        try (SessionOptions options = optionsOf(settings)) {
            return new OnnxSession(environment().createSession(model.bytes(), options), CPU, false);
        } catch (OrtException refusal) {
            throw new InvalidModelException(
                    model.origin() + " is not an ONNX model that ONNX Runtime can load (" + refusal.getMessage()
                            + "); train one with ./stampede train",
                    refusal);
        }
    }

    private static OnnxSession openOnCuda(ModelFile model, EngineSettings settings) {
        // If a library is missing, any of the calls below may fail.
        try (SessionOptions options = optionsOf(settings);
                OrtCUDAProviderOptions cuda =
                        new OrtCUDAProviderOptions(settings.cuda().device())) {
            for (Map.Entry<String, String> option : settings.cuda().options().entrySet()) {
                cuda.add(option.getKey(), option.getValue());
            }
            options.addCUDA(cuda);
            return new OnnxSession(
                    environment().createSession(model.bytes(), options),
                    CUDA,
                    settings.cuda().padsBatches());
        } catch (OrtException unusable) {
            throw new EngineUnavailableException(
                    CudaDiagnosis.sentence(String.valueOf(unusable.getMessage())), unusable);
        }
    }

    private static SessionOptions optionsOf(EngineSettings settings) throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
        options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setInterOpNumThreads(1);
        options.setIntraOpNumThreads(settings.intraOpThreads());
        return options;
    }

    /** The one environment of the process, which is never closed; loads ONNX Runtime at the first call. */
    static OrtEnvironment environment() {
        return OnnxLibraries.load();
    }

    OrtSession session() {
        return session;
    }

    /** The execution provider: {@code cpu} or {@code cuda}. */
    String provider() {
        return provider;
    }

    /** The sizes of the runs of batches of up to {@code capacity} stamps. */
    BatchSizes runSizes(int capacity) {
        return padsBatches ? BatchSizes.padded(capacity) : BatchSizes.exact(capacity);
    }

    /** Adds a reference. */
    synchronized void hold() {
        holders++;
    }

    /** Removes a reference; the last one closes the session. */
    synchronized void release() {
        holders--;
        if (holders == 0) {
            try {
                session.close();
            } catch (OrtException failure) {
                throw new ScoringException("ONNX Runtime did not close its session", failure);
            }
        }
    }
}
