package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.terminal.CommandFailure;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench lifecycle}: whether the loop closes, and what a release, and a shadow, do to the time of a verdict. */
@Command(
        name = "lifecycle",
        mixinStandardHelpOptions = true,
        description = {
            "Goes round the loop while alerts come: a hardly trained model, labels, a retraining with its gate, a"
                    + " shadow, a promotion, a rollback; and counts what became of every alert.",
            "Then releases twins of a model, and compares the time of verdicts with that in quiet windows of the same"
                    + " run."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every alert has its one right outcome, and the recall rises and falls with the model",
            "1:the loop does not close, or a step failed",
            "2:wrong usage"
        })
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

    @Option(
            names = "--labelled",
            paramLabel = "N",
            defaultValue = "6000",
            description = "Candidates of the loop that get a label (default: ${DEFAULT-VALUE}).")
    private int labelled;

    @Override
    public Integer call() throws InterruptedException {
        if (rate < 1 || seconds < 1 || rounds < 1 || labelled < 1) {
            throw CommandFailure.usage("--rate, --seconds, --rounds and --labelled must be 1 or more");
        }
        ModelFile file = model.file();
        LifecycleResult loop = goRound(new LifecycleSettings(rate, labelled), System.err);
        Map<String, Object> figures = new LinkedHashMap<>(new SwapBench(rate, seconds, rounds, file, System.err).run());
        figures.put("loop", loop.figures());
        Figures.print(spec.commandLine().getOut(), model.json(), figures);
        return loop.closes() ? 0 : 1;
    }

    /** One way round, whose files stay in a temporary folder only where it fails. */
    private static LifecycleResult goRound(LifecycleSettings settings, PrintStream notes) throws InterruptedException {
        return Folders.keptWhereItFails(
                "lifecycle",
                folder -> {
                    try (LifecycleRun run = LifecycleRun.of(settings, folder, notes)) {
                        LifecycleResult result = run.run();
                        if (!result.closes()) {
                            notes.println("The loop does not close; its files are in " + folder);
                        }
                        return result;
                    }
                },
                LifecycleResult::closes);
    }
}
