package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench latency}: how long a verdict takes, at a steady rate and after a burst. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = "Measures from sending an alert to reading its verdict back, at least once, broker included.")
final class LatencyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            defaultValue = "1000",
            description = "Alerts a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "30",
            description = "Seconds at that rate, after 20 that warm up (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Stream threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Override
    public Integer call() throws InterruptedException {
        if (rate < 1 || seconds < 1 || threads < 1) {
            throw CommandFailure.usage("--rate, --seconds and --threads must be 1 or more");
        }
        Figures.print(
                spec.commandLine().getOut(),
                model.json(),
                new LatencyBench(rate, seconds, threads, model.file(), System.err).run());
        return 0;
    }
}
