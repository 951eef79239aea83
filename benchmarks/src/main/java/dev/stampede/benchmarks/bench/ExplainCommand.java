package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench explain}: what explanations do to the latency of verdicts. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Measures verdicts without explanations and with one for each, in turn, then with more wanted"
                + " than can be made; counts what was published and skipped.")
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            defaultValue = "200",
            description = "Alerts a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--overload-rate",
            paramLabel = "PER_SECOND",
            defaultValue = "2000",
            description = "Alerts a second where more maps are wanted than can be made (default: ${DEFAULT-VALUE}).")
    private int overloadRate;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "20",
            description = "Seconds of each round, after as many that warm up (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds of each kind, in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--search",
            paramLabel = "WORD",
            defaultValue = "refined",
            description = "The setting explain.search: refined or full (default: ${DEFAULT-VALUE}).")
    private String search;

    @Override
    public Integer call() throws InterruptedException {
        if (rate < 1 || overloadRate < 1 || seconds < 1 || rounds < 1) {
            throw CommandFailure.usage("--rate, --overload-rate, --seconds and --rounds must be 1 or more");
        }
        ExplainBench.Load load = new ExplainBench.Load(rate, overloadRate, seconds, rounds, search);
        Figures.print(
                spec.commandLine().getOut(), model.json(), new ExplainBench(load, model.file(), System.err).run());
        return 0;
    }
}
