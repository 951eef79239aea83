package dev.stampede.systemtests.lifecycle;

import dev.stampede.commandline.Example;
import dev.stampede.systemtests.harness.BenchOptions;
import dev.stampede.systemtests.harness.Results;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench lifecycle}: whether the loop from labels to a new model closes. */
@Command(
        name = "lifecycle",
        mixinStandardHelpOptions = true,
        description =
                "Runs the loop once while alerts arrive: a barely trained model, labels, retraining with its gate,"
                        + " shadow deployment, promotion and rollback; and verifies every outcome.",
        exitCodeList = {
            "0:every alert has its one right outcome, and recall rises and falls with the model",
            "1:the loop does not close, or a step failed",
            "2:wrong usage"
        })
@Example("bench lifecycle --labelled 6000")
public final class LifecycleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--rate", paramLabel = "N", description = "Alerts per second.")
    private int rate = 1000;

    @Option(names = "--labelled", paramLabel = "N", description = "Candidates that get a label.")
    private int labelled = 6000;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        BenchOptions.requirePositive("--rate and --labelled", rate, labelled);
        LifecycleResult result = LifecycleRun.run(rate, labelled, System.err);
        Results.print(spec.commandLine().getOut(), json, result);
        return result.closes() ? 0 : 1;
    }
}
