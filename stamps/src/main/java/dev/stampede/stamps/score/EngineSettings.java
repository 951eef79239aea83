package dev.stampede.stamps.score;

import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of ONNX Runtime.
 *
 * @param provider the execution provider
 * @param intraOpThreads threads of the CPU provider within one run, 1 or more. One gives the highest throughput per core
 *     if every stream thread scores its own batches
 * @param cuda the options of the CUDA provider; ignored by the CPU provider
 */
public record EngineSettings(Provider provider, int intraOpThreads, Cuda cuda) {
    /** The execution provider. */
    public enum Provider {
        CPU,
        /** An NVIDIA GPU; {@link EngineUnavailableException} if it is not usable. */
        CUDA,
        /** An NVIDIA GPU if one is usable, otherwise the CPU. */
        AUTO
    }

    /** How ONNX Runtime's GPU memory arena grows. */
    public enum Arena {
        /** To the next power of two: few allocations, up to twice the memory. */
        NEXT_POWER_OF_TWO("kNextPowerOfTwo"),
        /** By the requested size. */
        SAME_AS_REQUESTED("kSameAsRequested");

        private final String word;

        Arena(String word) {
            this.word = word;
        }
    }

    /** How cuDNN selects the algorithm of a convolution, for each batch size. */
    public enum ConvolutionSearch {
        /** Measures every algorithm. */
        EXHAUSTIVE,
        /** Uses a heuristic of cuDNN. */
        HEURISTIC,
        /** Uses the default algorithm. */
        DEFAULT
    }

    /**
     * The options of the CUDA provider.
     *
     * @param device the CUDA device, from 0
     * @param memoryLimitBytes the size limit of ONNX Runtime's arena; 0 for no limit
     * @param arena how the arena grows
     * @param search how convolution algorithms are selected
     * @param padsBatches whether batches are padded to a few sizes, so that the search ends before the first alert
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

        /** The provider options of ONNX Runtime, except the device. */
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

    /** The CPU with one thread per run. */
    public static final EngineSettings CPU = new EngineSettings(Provider.CPU, 1);

    /** With the first GPU, if the provider uses one. */
    public EngineSettings(Provider provider, int intraOpThreads) {
        this(provider, intraOpThreads, Cuda.FIRST);
    }

    /** The same with another provider. */
    public EngineSettings on(Provider other) {
        return new EngineSettings(other, intraOpThreads, cuda);
    }

    public EngineSettings {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("intraOpThreads must be 1 or more, not " + intraOpThreads);
        }
    }
}
