package dev.stampede.benchmarks.gpu;

import dev.stampede.benchmarks.stream.StreamBench;
import dev.stampede.streaming.wire.RecordFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/** All checks, in order. */
final class GpuChecks {
    /** The names of the checks, for the help and for messages. */
    static final String NAMES =
            "libraries, provider, nodes, agreement, warm-up, throughput, stream, memory, kill, two-processes,"
                    + " explanations";

    private static final int STREAM_SECONDS = 10;

    private GpuChecks() {}

    /**
     * The checks.
     *
     * @param folder for the logs of processes
     * @param notes for the progress of checks
     */
    static List<GpuCheck> all(GpuSettings settings, Path folder, PrintStream notes) {
        ModelChecks models = new ModelChecks(settings, notes);
        ProcessChecks processes = new ProcessChecks(settings, folder);
        return List.of(
                new GpuCheck("libraries", true, () -> libraries(settings)),
                new GpuCheck("provider", true, models::provider),
                new GpuCheck("nodes", false, models::nodes),
                new GpuCheck("agreement", false, models::agreement),
                new GpuCheck("warm-up", false, models::warmUp),
                new GpuCheck("throughput", false, models::throughput),
                new GpuCheck("stream", false, () -> stream(settings, notes)),
                new GpuCheck("memory", false, processes::memory),
                new GpuCheck("kill", false, processes::kill),
                new GpuCheck("two-processes", false, processes::two),
                new GpuCheck("explanations", false, models::explanations));
    }

    private static Finding libraries(GpuSettings settings) throws IOException, InterruptedException {
        return settings.isCuda()
                ? CudaLibraries.ofThisMachine().find()
                : Finding.good("the CPU needs no other libraries than those of the build", Map.of());
    }

    /** {@code bench stream} on the provider, one round after another that warms up. */
    private static Finding stream(GpuSettings settings, PrintStream notes) throws InterruptedException {
        StreamBench.Settings bench = new StreamBench.Settings(
                settings.provider(),
                settings.alerts(),
                1,
                1,
                STREAM_SECONDS,
                Runtime.getRuntime().availableProcessors(),
                StreamsConfig.EXACTLY_ONCE_V2,
                RecordFormat.SINGLE_OBJECT,
                Map.of(),
                0);
        Map<String, Object> figures = new LinkedHashMap<>();
        new StreamBench(bench, settings.models().get(0), notes).run((results, load) -> figures.putAll(results));
        return Finding.good(
                figures.get("endToEndPerSecond") + " alerts per second from topic to topic, the bound is "
                        + figures.get("boundPerSecond"),
                figures);
    }
}
