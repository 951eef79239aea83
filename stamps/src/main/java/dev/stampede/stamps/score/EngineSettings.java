package dev.stampede.stamps.score;

/**
 * How ONNX Runtime is to compute.
 *
 * @param provider what computes
 * @param intraOpThreads threads of the CPU provider within one run, 1 or more. One is the best rate a core where every
 *     stream thread scores for itself
 */
public record EngineSettings(Provider provider, int intraOpThreads) {
    /** What computes the scores. */
    public enum Provider {
        /** The processor. */
        CPU,
        /** An NVIDIA GPU, or an {@link EngineUnavailableException}: never the CPU in its place. */
        CUDA,
        /** An NVIDIA GPU where one is usable, else the CPU. */
        AUTO
    }

    /** The CPU, one thread a run. */
    public static final EngineSettings CPU = new EngineSettings(Provider.CPU, 1);

    public EngineSettings {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("intraOpThreads must be 1 or more, not " + intraOpThreads);
        }
    }
}
