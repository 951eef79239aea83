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
 * One session of ONNX Runtime over one model file. Thread-safe. It lives until all who hold it have let go, so that a
 * classifier can be closed while another thread is still within a run.
 */
final class Engine {
    private static final String CPU = "cpu";
    private static final String CUDA = "cuda";

    private final OrtSession session;
    private final String provider;
    private final boolean padsBatches;
    private int holders = 1;

    private Engine(OrtSession session, String provider, boolean padsBatches) {
        this.session = session;
        this.provider = provider;
        this.padsBatches = padsBatches;
    }

    /**
     * Opens a session as {@code settings} say; the caller holds it.
     *
     * @throws EngineUnavailableException if CUDA is demanded and not usable, or ONNX Runtime is there twice
     * @throws InvalidModelException if ONNX Runtime cannot load the file
     */
    static Engine open(ModelFile model, EngineSettings settings) {
        OneRuntime.demand(Engine.class.getClassLoader());
        model.demandSelfContained();
        return switch (settings.provider()) {
            case CPU -> openOnCpu(model, settings);
            case CUDA -> openOnCuda(model, settings);
            case AUTO -> openOnCudaElseCpu(model, settings);
        };
    }

    private static Engine openOnCudaElseCpu(ModelFile model, EngineSettings settings) {
        try {
            return openOnCuda(model, settings);
        } catch (EngineUnavailableException unusable) {
            return openOnCpu(model, settings); // with options of its own: those that CUDA failed on are spoilt
        }
    }

    private static Engine openOnCpu(ModelFile model, EngineSettings settings) {
        try (SessionOptions options = optionsOf(settings)) {
            return new Engine(environment().createSession(model.bytes(), options), CPU, false);
        } catch (OrtException refusal) {
            throw new InvalidModelException(
                    model.origin() + " is not an ONNX model that ONNX Runtime can load (" + refusal.getMessage()
                            + "); train one with ./stampede train",
                    refusal);
        }
    }

    private static Engine openOnCuda(ModelFile model, EngineSettings settings) {
        environment(); // first: without it ONNX Runtime cannot say which library it misses
        // Where a library is absent, any of the calls below may be the one that fails.
        try (SessionOptions options = optionsOf(settings);
                OrtCUDAProviderOptions cuda =
                        new OrtCUDAProviderOptions(settings.cuda().device())) {
            for (Map.Entry<String, String> option : settings.cuda().options().entrySet()) {
                cuda.add(option.getKey(), option.getValue());
            }
            options.addCUDA(cuda);
            return new Engine(
                    environment().createSession(model.bytes(), options),
                    CUDA,
                    settings.cuda().padsBatches());
        } catch (OrtException unusable) {
            throw new EngineUnavailableException(CudaRefusal.sentence(String.valueOf(unusable.getMessage())), unusable);
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

    /** The one environment of the process; it is never closed. */
    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment();
    }

    OrtSession session() {
        return session;
    }

    /** What computes: {@code cpu} or {@code cuda}. */
    String provider() {
        return provider;
    }

    /** How many stamps the runs of a batch of at most {@code capacity} take. */
    RunSizes runSizes(int capacity) {
        return padsBatches ? RunSizes.padded(capacity) : RunSizes.exact(capacity);
    }

    /** Keeps the session alive for one holder more. */
    synchronized void hold() {
        holders++;
    }

    /** One holder lets go; the last one closes the session. */
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
