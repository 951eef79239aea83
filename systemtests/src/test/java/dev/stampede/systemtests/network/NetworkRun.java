package dev.stampede.systemtests.network;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.ConservationResult;
import dev.stampede.systemtests.harness.ExpectedOutcomes;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.OutcomeLog;
import dev.stampede.systemtests.harness.RunFolder;
import dev.stampede.systemtests.harness.StreamInstances;
import dev.stampede.systemtests.harness.TestedFormat;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Runs three brokers and the stream on a host each, sends alerts at a constant rate from this machine, and injects one
 * fault after another. After each, every alert that was sent must have its outcome, and no broker may lag behind.
 */
final class NetworkRun {
    private static final int PARTITIONS = 6;

    /** Longer than every timeout that a recovery waits for. */
    private static final Duration RECOVERY = Duration.ofMinutes(4);

    private static final Duration SUPERVISION = Duration.ofSeconds(1);

    /** Longer than the 9 s until a broker counts as lost: its transactions move to another coordinator. */
    private static final int TRANSACTION_MILLIS = 30_000;

    private final NetworkSettings settings;
    private final FaultyCluster cluster;
    private final StreamInstances instances;
    private final OutcomeLog outcomes;
    private final NumberedProducer feed;
    private final PrintStream notes;

    private NetworkRun(
            NetworkSettings settings,
            FaultyCluster cluster,
            StreamInstances instances,
            OutcomeLog outcomes,
            NumberedProducer feed,
            PrintStream notes) {
        this.settings = settings;
        this.cluster = cluster;
        this.instances = instances;
        this.outcomes = outcomes;
        this.feed = feed;
        this.notes = notes;
    }

    /** Runs the test; its files are kept if it fails, or an instance ended by itself. */
    static NetworkResult run(NetworkSettings settings, ModelFile file, PrintStream notes) throws InterruptedException {
        try (StampModel model = StampModel.open(file);
                TestedFormat format = TestedFormat.open(RecordFormat.OCF)) {
            return RunFolder.run(
                    "network",
                    folder -> {
                        Path path = Files.write(folder.resolve("model.onnx"), file.bytes());
                        return run(settings, folder, path, format, ExpectedOutcomes.of(model, format), notes);
                    },
                    result -> result.isKept() && result.restarts() == 0);
        }
    }

    private static NetworkResult run(
            NetworkSettings settings,
            Path folder,
            Path model,
            TestedFormat format,
            ExpectedOutcomes expected,
            PrintStream notes)
            throws InterruptedException {
        try (FaultyCluster cluster = FaultyCluster.open(folder);
                StreamInstances instances = new StreamInstances(
                        cluster.streamHost(),
                        folder,
                        StreamInstances.failoverSettings(
                                        cluster.addresses(),
                                        model,
                                        StreamsConfig.EXACTLY_ONCE_V2,
                                        settings.protocol(),
                                        PARTITIONS,
                                        TRANSACTION_MILLIS)
                                + format.settings())) {
            instances.start(); // creates the topics
            try (OutcomeLog outcomes = OutcomeLog.start(cluster.addresses(), expected, PARTITIONS);
                    NumberedProducer feed =
                            NumberedProducer.start(cluster.addresses(), settings.perSecond(), expected::value)) {
                return new NetworkRun(settings, cluster, instances, outcomes, feed, notes).run();
            }
        }
    }

    private NetworkResult run() throws InterruptedException {
        if (!outcomes.await(settings.perSecond(), RECOVERY)) {
            throw CommandException.failed("The stream had " + outcomes.distinct() + " of " + settings.perSecond()
                    + " outcomes " + RECOVERY.toSeconds()
                    + " s after its start, before the first fault; see the files of this run");
        }
        List<FaultResult> results = new ArrayList<>();
        try (ClusterState state = ClusterState.of(cluster.addresses())) {
            for (NetworkFault fault : settings.faults()) {
                state.awaitInSync();
                FaultResult result = inject(fault, state.coordinator(StreamInstances.GROUP), results);
                notes.println("  " + result.row());
                results.add(result);
            }
        }
        outcomes.await(feed.finish(total(results, FaultResult::alerts)), RECOVERY); // without one then: missing
        instances.terminateAll();
        outcomes.finish();
        return new NetworkResult(results, conservation(results));
    }

    private ConservationResult conservation(List<FaultResult> results) {
        double worstStall =
                results.stream().mapToDouble(FaultResult::stallSeconds).max().orElseThrow();
        return ConservationResult.of(
                        StreamsConfig.EXACTLY_ONCE_V2, settings.protocol(), results.size(), feed, outcomes, PARTITIONS)
                .withStall(worstStall);
    }

    private static long total(List<FaultResult> results, ToLongFunction<FaultResult> count) {
        return results.stream().mapToLong(count).sum();
    }

    /** @param before the results of the faults before this one, whose counts are not part of its own */
    private FaultResult inject(NetworkFault fault, int node, List<FaultResult> before) throws InterruptedException {
        notes.println("  " + fault + ", broker " + node + ", after " + outcomes.distinct() + " outcomes");
        outcomes.startClock();
        long start = System.nanoTime();
        cluster.begin(fault, node);
        int restarts = 0;
        while (secondsSince(start) < settings.faultSeconds()) {
            TimeUnit.MILLISECONDS.sleep(SUPERVISION.toMillis());
            restarts += instances.restartEnded(notes);
        }
        boolean brokerEnded = !cluster.isRunning(node);
        double lasted = secondsSince(start);
        long end = System.nanoTime();
        long sent = feed.next();
        cluster.end(fault, node);
        while (!outcomes.awaitAllBefore(sent, SUPERVISION) && secondsSince(end) < RECOVERY.toSeconds()) {
            restarts += instances.restartEnded(notes);
        }
        double recovery = secondsSince(end);
        outcomes.measureOpenStalls(); // alerts arrive all the time
        return new FaultResult(
                fault,
                lasted,
                outcomes.worstStallSeconds(),
                outcomes.worstPartitionStallSeconds(),
                recovery,
                brokerEnded,
                restarts,
                sent - total(before, FaultResult::alerts),
                outcomes.missingBefore(sent),
                outcomes.duplicates() - total(before, FaultResult::duplicates),
                outcomes.wrong() - total(before, FaultResult::wrong));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
