package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench train}: how fast networks are fitted, beside PyTorch. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Measures how fast a network is fitted, beside PyTorch in the same run on the same stamps.")
final class TrainCommand implements Callable<Integer> {
    private static final String THREADS_VARIABLE = "OMP_NUM_THREADS";

    private static final int STAMPS = 20_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "vgg6",
            description = "Which network, as train names it (default: ${DEFAULT-VALUE}).")
    private String network;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Stamps of a step (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "40",
            description = "Steps of each engine in a round (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds that count; one more warms up (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of each engine (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--json", description = "End with one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (batchSize < 1 || steps < 1 || rounds < 1 || threads < 1) {
            throw CommandFailure.usage("--batch-size, --steps, --rounds and --threads must be 1 or more");
        }
        FitPeer peer = FitPeer.find()
                .orElseThrow(() -> CommandFailure.usage(
                        "PyTorch is not built in; STAMPEDE_PYTORCH=true ./stampede bench train builds it in,"
                                + " which fetches 115 MB."));
        Network known = Network.named(network)
                .filter(peer::knows)
                .orElseThrow(() -> CommandFailure.usage(
                        "--network is '" + network + "', which has no twin in PyTorch here; vgg6 has."));
        demandOneThreadAReplica();
        TrainBench.Settings settings = new TrainBench.Settings(known, batchSize, steps, rounds, threads, STAMPS);
        Figures.print(spec.commandLine().getOut(), json, new TrainBench(settings, peer, System.err).run());
        return 0;
    }

    /** Ours are replicas of one thread each; those of OpenMP, whose variable is read as the process starts, come on top. */
    private static void demandOneThreadAReplica() {
        String said = System.getenv(THREADS_VARIABLE);
        if (!"1".equals(said)) {
            throw CommandFailure.usage(
                    THREADS_VARIABLE + " is " + said + ", not 1; --threads says how many threads each engine has.");
        }
    }
}
