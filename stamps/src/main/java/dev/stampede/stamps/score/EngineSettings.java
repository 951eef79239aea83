package dev.stampede.stamps.score;

import java.util.Map;
import java.util.TreeMap;

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

    /** How ONNX Runtime's pool of GPU memory grows where it is too small. */
    public enum Arena {
        /** To the next power of two: few requests, up to twice the memory. */
        NEXT_POWER_OF_TWO("kNextPowerOfTwo"),
        /** By what is asked for, and no more. */
        SAME_AS_REQUESTED("kSameAsRequested");

        private final String word;

        Arena(String word) {
            this.word = word;
        }
    }

    /** How cuDNN finds the algorithm of a convolution, anew for each size of batch. */
    public enum ConvolutionSearch {
        /** Times every algorithm. */
        EXHAUSTIVE,
        /** Asks cuDNN for its guess. */
        HEURISTIC,
        /** Takes the same one always. */
        DEFAULT
    }

    /**
     * What of a GPU is taken, and how.
     *
     * @param device its number, as CUDA counts from 0 on
     * @param memoryLimitBytes what ONNX Runtime may allocate there; 0 for no limit
     * @param arena how its memory grows
     * @param search how convolutions are chosen
     * @param padsBatches whether batches are filled up to a few sizes, so that the search is over before the first alert
     */
    public record Cuda(int device, long memoryLimitBytes, Arena arena, ConvolutionSearch search, boolean padsBatches) {
        /** The first GPU, without a limit, as ONNX Runtime uses it by default, with padded batches. */
        public static final Cuda FIRST = new Cuda(0, 0, Arena.NEXT_POWER_OF_TWO, ConvolutionSearch.EXHAUSTIVE, true);

        public Cuda {
            if (device < 0 || memoryLimitBytes < 0) {
                throw new IllegalArgumentException(
                        "device and memory limit must be 0 or more, not " + device + " and " + memoryLimitBytes);
            }
        }

        /** The options of ONNX Runtime's CUDA provider but for the device, by the names it gives them. */
        Map<String, String> options() {
            Map<String, String> options = new TreeMap<>();
            options.put("arena_extend_strategy", arena.word);
            options.put("cudnn_conv_algo_search", search.name());
            if (memoryLimitBytes > 0) {
                options.put("gpu_mem_limit", String.valueOf(memoryLimitBytes));
            }
            return options;
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
