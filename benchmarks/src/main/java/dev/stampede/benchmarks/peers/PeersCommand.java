package dev.stampede.benchmarks.peers;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.systemtests.harness.BenchOptions;
import dev.stampede.systemtests.harness.MachineLoad;
import dev.stampede.systemtests.harness.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench peers}: the stream next to programs of other frameworks. */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        description =
                "Measures the stream, a loop around Kafka's clients, Flink and Spark in turn, on the same alerts and"
                        + " model, each as a separate process. Build the programs first: ./mvnw -B -Ppeers -pl"
                        + " benchmarks/peers -am -DskipTests package.")
@Example("bench peers --rounds 3 --json")
public final class PeersCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions bench;

    @Option(names = "--alerts", paramLabel = "N", description = "Alerts on the topic, 1.9 KB each for one coadd.")
    private int alerts = 4_000_000;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of all programs.")
    private int rounds = 1;

    @Option(
            names = "--warm-up-seconds",
            paramLabel = "S",
            description = "Seconds of each program, from its first result, that do not count.")
    private int warmUpSeconds = 30;

    @Option(names = "--seconds", paramLabel = "S", description = "Duration of each measurement.")
    private int seconds = 20;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each program (default: one per core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--programs",
            paramLabel = "DIR",
            description = "Folder of the built programs (default: benchmarks/peers/target of this source tree).")
    private @Nullable Path programs;

    @Override
    public Integer call() throws InterruptedException {
        BenchOptions.requirePositive(
                "--alerts, --rounds, --warm-up-seconds, --seconds and --threads",
                alerts,
                rounds,
                warmUpSeconds,
                seconds,
                threads);
        Path built = programs == null ? defaultPrograms() : programs;
        if (!Files.isDirectory(built.resolve("lib"))) {
            throw CommandException.usage(built + " holds no built programs: run ./mvnw -B -Ppeers -pl benchmarks/peers"
                    + " -am -DskipTests package, or name their folder with --programs.");
        }
        PeersBench.Settings settings = new PeersBench.Settings(
                List.of(Peer.values()), alerts, rounds, warmUpSeconds, seconds, threads, built.toAbsolutePath());
        MachineLoad load = MachineLoad.begin();
        Map<String, Object> result = RunFolder.run(
                "peers", folder -> new PeersBench(settings, bench.model(), folder, System.err).run(), measured -> true);
        bench.printComparison(result, load);
        return 0;
    }

    private static Path defaultPrograms() {
        Path launcher = Path.of(System.getProperty("stampede.launcher", "./stampede"));
        return launcher.toAbsolutePath().resolveSibling("benchmarks/peers/target");
    }
}
