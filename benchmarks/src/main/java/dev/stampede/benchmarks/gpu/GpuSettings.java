package dev.stampede.benchmarks.gpu;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.score.EngineSettings.Arena;
import dev.stampede.stamps.score.EngineSettings.ConvolutionSearch;
import dev.stampede.stamps.score.EngineSettings.Cuda;
import java.util.List;

/**
 * What is checked.
 *
 * @param provider cuda, or cpu to run the checks without a GPU
 * @param models one or more
 * @param modelNames as {@link ModelFile#read} takes them, in the order of {@code models}
 * @param batches stamps of one run of a model
 * @param seconds of each measurement
 * @param memoryLimitMebibytes the limit of the memory arena
 * @param alerts on the topic of the stream
 */
record GpuSettings(
        EngineSettings.Provider provider,
        List<ModelFile> models,
        List<String> modelNames,
        List<Integer> batches,
        double seconds,
        int memoryLimitMebibytes,
        int alerts) {
    GpuSettings {
        models = List.copyOf(models);
        modelNames = List.copyOf(modelNames);
        batches = List.copyOf(batches);
    }

    boolean isCuda() {
        return provider == EngineSettings.Provider.CUDA;
    }

    int largestBatch() {
        return batches.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    /** The provider as the stream uses it. */
    EngineSettings engine() {
        return isCuda() ? new EngineSettings(EngineSettings.Provider.CUDA, 1) : allCores();
    }

    /** The provider without padding, so that the size of a run is that of the batch. */
    EngineSettings exactBatches() {
        return isCuda() ? withLimit(0) : allCores();
    }

    /** The CPU with one thread per core in each run, for comparison. */
    static EngineSettings allCores() {
        return new EngineSettings(
                EngineSettings.Provider.CPU, Runtime.getRuntime().availableProcessors());
    }

    /** The provider with a limit of its memory arena, bytes; 0 for no limit. */
    static EngineSettings withLimit(long bytes) {
        return new EngineSettings(
                EngineSettings.Provider.CUDA,
                1,
                new Cuda(0, bytes, Arena.NEXT_POWER_OF_TWO, ConvolutionSearch.EXHAUSTIVE, false));
    }
}
