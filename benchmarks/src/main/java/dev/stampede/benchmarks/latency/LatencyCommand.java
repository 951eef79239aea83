package dev.stampede.benchmarks.latency;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.systemtests.harness.BenchOptions;
import dev.stampede.systemtests.harness.MachineLoad;
import dev.stampede.systemtests.harness.StreamSettingOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench latency}: the latency of verdicts. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the time from sending an alert to reading its verdict, at least once, broker included: at a steady"
                    + " rate and after bursts.",
            "With --explain it compares verdicts without explanations and with one for each, then at an overload; with"
                    + " --swap it releases copies of the model and compares with quiet windows of the same run."
        })
@Example("bench latency --explain")
public final class LatencyCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions bench;

    @Mixin
    private StreamSettingOptions configured;

    @Option(names = "--explain", description = "Measure the effect of explanations.")
    private boolean explain;

    @Option(names = "--swap", description = "Measure the effect of releasing a model.")
    private boolean swap;

    @Option(names = "--rate", paramLabel = "N", description = "Alerts per second (default: 1000, with --explain 200).")
    private @Nullable Integer rate;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Duration of each measurement (default: 30, with --explain 20, with --swap 10).")
    private @Nullable Integer seconds;

    @Option(names = "--threads", paramLabel = "N", description = "Stream threads, without --explain and --swap.")
    private int threads = 1;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds of each kind (default: 3 with --explain, 5 with --swap).")
    private @Nullable Integer rounds;

    @Option(
            names = "--overload-rate",
            paramLabel = "N",
            description = "Alerts per second at the overload of --explain.")
    private int overloadRate = 2000;

    @Option(
            names = "--search",
            paramLabel = "S",
            description = "The setting explain.search for --explain: refined or full.")
    private String search = "refined";

    @Override
    public Integer call() throws InterruptedException {
        if (explain && swap) {
            throw CommandException.usage("--explain and --swap exclude each other");
        }
        int perSecond = rate != null ? rate : explain ? 200 : 1000;
        int duration = seconds != null ? seconds : explain ? 20 : swap ? 10 : 30;
        int repetitions = rounds != null ? rounds : explain ? 3 : 5;
        BenchOptions.requirePositive(
                "--rate, --seconds, --threads, --rounds and --overload-rate",
                perSecond,
                duration,
                threads,
                repetitions,
                overloadRate);
        if ((explain || swap) && !configured.settings().isEmpty()) {
            throw CommandException.usage("--setting is for neither --explain nor --swap");
        }
        MachineLoad machine = MachineLoad.begin();
        if (explain) {
            ExplanationBench.Load load =
                    new ExplanationBench.Load(perSecond, overloadRate, duration, repetitions, search);
            bench.printComparison(ExplanationBench.run(load, bench.model(), System.err), machine);
        } else if (swap) {
            bench.printComparison(SwapBench.run(perSecond, duration, repetitions, bench.model(), System.err), machine);
        } else {
            bench.printComparison(
                    LatencyBench.run(perSecond, duration, threads, configured.settings(), bench.model(), System.err),
                    machine);
        }
        return 0;
    }
}
