package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench stream}: the rate of the stream, of its parts alone, and of the obvious way to do it. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description = "Measures the rate of the stream beside that of its parts, in one run on the same alerts.")
final class StreamCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(
            names = "--alerts",
            paramLabel = "N",
            defaultValue = "300000",
            description = "Alerts on the topic, 1.9 KB each (default: ${DEFAULT-VALUE}).")
    private int alerts;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds that count (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--warm-up-rounds",
            paramLabel = "N",
            defaultValue = "2",
            description = "Rounds before them, until all is compiled (default: ${DEFAULT-VALUE}).")
    private int warmUpRounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "Seconds of each measurement at most (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each measurement. Without it: one a core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--guarantee",
            paramLabel = "G",
            defaultValue = StreamsConfig.EXACTLY_ONCE_V2,
            description = "exactly_once_v2 or at_least_once (default: ${DEFAULT-VALUE}).")
    private String guarantee;

    @Option(
            names = "--per-record-engine-threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Engine threads in a run of the scorer of single records; 0 leaves ONNX Runtime its default.")
    private int perRecordEngineThreads;

    @Override
    public Integer call() throws InterruptedException {
        if (alerts < 1 || rounds < 1 || seconds < 1 || threads < 1 || warmUpRounds < 0 || perRecordEngineThreads < 0) {
            throw CommandFailure.usage("--alerts, --rounds, --seconds and --threads must be 1 or more,"
                    + " --warm-up-rounds and --per-record-engine-threads 0 or more");
        }
        StreamBench.Settings settings = new StreamBench.Settings(
                alerts, warmUpRounds, rounds, seconds, threads, guarantee, perRecordEngineThreads);
        Figures.print(
                spec.commandLine().getOut(), model.json(), new StreamBench(settings, model.file(), System.err).run());
        return 0;
    }
}
