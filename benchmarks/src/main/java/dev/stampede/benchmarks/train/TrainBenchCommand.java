package dev.stampede.benchmarks.train;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.systemtests.harness.BenchOptions;
import dev.stampede.systemtests.harness.MachineLoad;
import dev.stampede.systemtests.harness.Results;
import dev.stampede.training.network.Network;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench train}: training throughput compared with PyTorch. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Measures training throughput, compared with PyTorch in the same run on the same stamps.")
@Example("bench train --steps 40")
public final class TrainBenchCommand implements Callable<Integer> {
    private static final String THREADS_VARIABLE = "OMP_NUM_THREADS";
    private static final int STAMPS = 20_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "Network, as in ./stampede train: vgg6, compact, resnet14 or resnet56.")
    private String network = "vgg6";

    @Option(names = "--batch-size", paramLabel = "N", description = "Stamps of a step.")
    private int batchSize = 1024;

    @Option(names = "--steps", paramLabel = "N", description = "Steps of each engine in a round.")
    private int steps = 40;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count; one more warms up.")
    private int rounds = 3;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each engine.")
    private int threads = 1;

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        BenchOptions.requirePositive(
                "--batch-size, --steps, --rounds and --threads", batchSize, steps, rounds, threads);
        TrainingEngine other = TrainingEngine.find()
                .orElseThrow(() -> CommandException.usage("This build has no PyTorch; STAMPEDE_PYTORCH=true ./stampede"
                        + " bench train builds one, which downloads 115 MB"));
        Network known = Network.named(network)
                .filter(other.networks()::contains)
                .orElseThrow(() -> CommandException.usage("--network is '" + network
                        + "', which PyTorch does not have here; it has "
                        + other.networks().stream().map(Network::networkName).collect(Collectors.joining(", "))));
        // The replicas have one thread each; threads of OpenMP, which reads its variable at the start, would be added.
        if (!"1".equals(System.getenv(THREADS_VARIABLE))) {
            throw CommandException.usage(THREADS_VARIABLE + " must be 1, not " + System.getenv(THREADS_VARIABLE)
                    + "; set the threads of each engine with --threads");
        }
        TrainBench.Settings settings = new TrainBench.Settings(known, batchSize, steps, rounds, threads, STAMPS);
        MachineLoad load = MachineLoad.begin();
        TrainBench.Result result = TrainBench.run(settings, other, System.err);
        Results.printComparison(spec.commandLine().getOut(), json, result, load, System.err);
        return 0;
    }
}
