package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench lifecycle}: what a release, and a shadow, do to the time of a verdict. */
@Command(
        name = "lifecycle",
        mixinStandardHelpOptions = true,
        description = "Releases models while alerts come, and compares the time of verdicts with that in quiet windows"
                + " of the same run.")
final class LifecycleCommand implements Callable<Integer> {
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
            defaultValue = "10",
            description = "Seconds of each window, after 20 that warm up (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds of three windows: quiet, with a release, with a shadow (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    public Integer call() throws InterruptedException {
        if (rate < 1 || seconds < 1 || rounds < 1) {
            throw CommandFailure.usage("--rate, --seconds and --rounds must be 1 or more");
        }
        Figures.print(
                spec.commandLine().getOut(),
                model.json(),
                new LifecycleBench(rate, seconds, rounds, model.file(), System.err).run());
        return 0;
    }
}
