package dev.stampede.stamps.score;

/**
 * How ONNX Runtime is to compute.
 *
 * @param provider what computes
 * @param intraOpThreads threads of the CPU provider within one run, 1 or more. One is the best rate a core where every
 *     stream thread scores for itself
 * @param cuda which GPU, and how much of it; of no meaning to the CPU
 */
public record EngineSettings(Provider provider, int intraOpThreads, Cuda cuda) {
    /** What computes the scores. */
    public enum Provider {
        /** The processor. */
        CPU,
        /** An NVIDIA GPU, or an {@link EngineUnavailableException}: never the CPU in its place. */
        CUDA,
        /** An NVIDIA GPU where one is usable, else the CPU. */
        AUTO
    }

    /**
     * What of a GPU is taken.
     *
     * @param device its number, as CUDA counts from 0 on
     * @param memoryLimitBytes what ONNX Runtime may allocate there; 0 for no limit
     */
    public record Cuda(int device, long memoryLimitBytes) {
        /** The first GPU, without a limit. */
        public static final Cuda FIRST = new Cuda(0, 0);

        public Cuda {
            if (device < 0 || memoryLimitBytes < 0) {
                throw new IllegalArgumentException(
                        "device and memory limit must be 0 or more, not " + device + " and " + memoryLimitBytes);
            }
        }
    }

    /** The CPU, one thread a run. */
    public static final EngineSettings CPU = new EngineSettings(Provider.CPU, 1);

    /** On the first GPU, where it is one. */
    public EngineSettings(Provider provider, int intraOpThreads) {
        this(provider, intraOpThreads, Cuda.FIRST);
    }

    /** The same on another provider. */
    public EngineSettings on(Provider other) {
        return new EngineSettings(other, intraOpThreads, cuda);
    }

    public EngineSettings {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("intraOpThreads must be 1 or more, not " + intraOpThreads);
        }
    }
}
