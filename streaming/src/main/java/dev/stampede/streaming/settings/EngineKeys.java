package dev.stampede.streaming.settings;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Views;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.score.EngineSettings.Arena;
import dev.stampede.stamps.score.EngineSettings.ConvolutionSearch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the model and of the engine that computes it, ONNX Runtime. */
public final class EngineKeys {
    static final KeyGroup MODEL = new KeyGroup("Model");

    public static final Key<Optional<Path>> MODEL_PATH = MODEL.essential(
                    "model.path",
                    "Model: one of " + ModelFile.NAMES + ", which are included, or the path of a file. Empty = vgg6.")
            .path();

    public static final Key<Integer> SCORE_VIEWS = MODEL.key(
                    "score.views",
                    "Number of views per stamp. 8 scores all rotations and reflections and publishes the mean and the standard"
                            + " deviation of the probability, at eight times the cost.")
            .of(
                    ConfigDef.Type.INT,
                    1,
                    LambdaValidator.with(EngineKeys::requireViews, () -> "1 or " + Views.COUNT),
                    Integer.class::cast);

    static final KeyGroup ENGINE = new KeyGroup("Engine (ONNX Runtime)");

    public static final Key<EngineSettings.Provider> PROVIDER = ENGINE.essential(
                    "engine.provider",
                    "Execution provider. cuda fails at startup if CUDA is unavailable; auto falls back to the CPU with a"
                            + " warning.")
            .choice(List.of(EngineSettings.Provider.CPU, EngineSettings.Provider.CUDA, EngineSettings.Provider.AUTO));

    public static final Key<Integer> THREADS = ENGINE.key(
                    "engine.threads",
                    "Number of intra-op threads of the CPU provider. 1 gives the highest throughput per core.")
            .number(1, 1, 256);

    public static final Key<EngineFailurePolicy> ON_FAILURE = ENGINE.key(
                    "engine.on-failure",
                    "Action after a CUDA failure at runtime: stop ends the process with exit code 1; cpu falls back to a"
                            + " verified CPU session, and /readyz reports not ready.")
            .choice(List.of(EngineFailurePolicy.STOP, EngineFailurePolicy.CPU));

    public static final Key<Integer> CUDA_DEVICE =
            ENGINE.advanced("engine.cuda.device", "CUDA device id of the GPU.").number(0, 0, 1024);

    public static final Key<Long> CUDA_MAX_MEMORY_BYTES = ENGINE.advanced(
                    "engine.cuda.max-memory-bytes", "Maximum size of the GPU memory arena; 0 = no limit.")
            .bytes(0, 0, 1L << 40);

    public static final Key<Arena> CUDA_ARENA = ENGINE.advanced(
                    "engine.cuda.arena",
                    "Growth of the GPU memory arena: to the next power of two, or by exactly the requested size.")
            .choice(List.of(Arena.NEXT_POWER_OF_TWO, Arena.SAME_AS_REQUESTED));

    public static final Key<ConvolutionSearch> CUDA_CONVOLUTION_SEARCH = ENGINE.advanced(
                    "engine.cuda.convolution-search",
                    "cuDNN convolution algorithm search per batch size: exhaustive benchmarks all algorithms, heuristic uses"
                            + " cuDNN's estimate, default always uses the same algorithm.")
            .choice(List.of(ConvolutionSearch.EXHAUSTIVE, ConvolutionSearch.HEURISTIC, ConvolutionSearch.DEFAULT));

    public static final Key<Boolean> CUDA_PAD_BATCHES = ENGINE.advanced(
                    "engine.cuda.pad-batches",
                    "Pad batches on CUDA to a few sizes, so that the algorithm search is complete before the first alert.")
            .flag(true);

    private EngineKeys() {}

    private static void requireViews(String key, Object value) {
        if (!value.equals(1) && !value.equals(Views.COUNT)) {
            throw new ConfigException(key, value, "must be 1 or " + Views.COUNT);
        }
    }
}
