package dev.stampede.systemtests.crash;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.systemtests.harness.Broker;
import dev.stampede.systemtests.harness.BrokerProcess;
import dev.stampede.systemtests.harness.ConservationResult;
import dev.stampede.systemtests.harness.ExpectedOutcomes;
import dev.stampede.systemtests.harness.LocalBroker;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.OutcomeLog;
import dev.stampede.systemtests.harness.RunFolder;
import dev.stampede.systemtests.harness.StreamInstances;
import dev.stampede.systemtests.harness.TestedFormat;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs instances of the stream as processes, sends alerts at a constant rate, injects failures, and compares every
 * outcome with what was sent. In a cluster, an instance that ends by itself is replaced, as a supervisor would do.
 */
final class CrashRun implements AutoCloseable {
    /** Longer than every timeout that a failover waits for. */
    private static final Duration RECOVERY = Duration.ofMinutes(3);

    private static final Duration SUPERVISION = Duration.ofSeconds(1);
    /** Between two events, and how long an additional instance works. */
    private static final long PAUSE_MILLIS = 1000;

    private static final int TRANSACTION_MILLIS = 5000;
    /** In a cluster, longer than the 9 s until a broker counts as lost: its transactions move to another coordinator. */
    private static final int CLUSTER_TRANSACTION_MILLIS = 30_000;

    private final CrashSettings settings;
    private final ExpectedOutcomes expected;
    private final int partitions;
    private final List<? extends Broker> brokers;
    private final String addresses;
    private final StreamInstances instances;
    private final PrintStream notes;

    private CrashRun(
            CrashSettings settings,
            TestedFormat format,
            ExpectedOutcomes expected,
            Path folder,
            Path model,
            PrintStream notes)
            throws InterruptedException {
        boolean isCluster = settings.brokers() > 1;
        this.settings = settings;
        this.expected = expected;
        this.notes = notes;
        this.partitions = Math.max(4, 2 * settings.instances());
        this.brokers = isCluster
                ? BrokerProcess.cluster(folder, settings.brokers())
                : List.of(LocalBroker.open(folder.resolve("broker")));
        this.addresses = brokers.stream().map(Broker::address).collect(Collectors.joining(","));
        this.instances = new StreamInstances(
                folder,
                StreamInstances.failoverSettings(
                                addresses,
                                model,
                                settings.guarantee(),
                                settings.protocol(),
                                partitions,
                                isCluster ? CLUSTER_TRANSACTION_MILLIS : TRANSACTION_MILLIS)
                        + format.settings());
    }

    /** Runs the test; its files are kept if it fails. */
    static ConservationResult run(CrashSettings settings, ModelFile file, PrintStream notes)
            throws InterruptedException {
        try (StampModel model = StampModel.open(file);
                TestedFormat format = TestedFormat.open(settings.format())) {
            return RunFolder.run(
                    "crash",
                    folder -> {
                        notes.println(settings.guarantee() + ", " + settings.protocol() + ", "
                                + settings.format().word());
                        Path path = Files.write(folder.resolve("model.onnx"), file.bytes());
                        ExpectedOutcomes expected = ExpectedOutcomes.of(model, format);
                        try (CrashRun run = new CrashRun(settings, format, expected, folder, path, notes)) {
                            return run.run();
                        }
                    },
                    ConservationResult::isKept);
        }
    }

    private ConservationResult run() throws InterruptedException {
        for (int i = 0; i < settings.instances(); i++) {
            instances.start(); // the first creates the topics
        }
        try (OutcomeLog outcomes = OutcomeLog.start(addresses, expected, partitions);
                NumberedProducer feed = NumberedProducer.start(addresses, settings.perSecond(), expected::value)) {
            requireProgress(outcomes);
            outcomes.startClock();
            for (CrashEvent event : settings.events()) {
                notes.println("  " + event + " after " + outcomes.distinct() + " outcomes");
                inject(event);
                requireProgress(outcomes);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            await(outcomes, feed.finish(settings.alerts())); // what has no outcome then is counted as missing
            instances.terminateAll();
            outcomes.finish();
            int events = settings.events().size();
            return ConservationResult.of(settings.guarantee(), settings.protocol(), events, feed, outcomes, partitions);
        }
    }

    private void inject(CrashEvent event) throws InterruptedException {
        switch (event) {
            case KILL -> {
                instances.killLast();
                instances.start();
            }
            case TERMINATE -> {
                instances.terminateLast();
                instances.start();
            }
            case JOIN_AND_LEAVE -> {
                instances.start();
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                instances.terminateLast();
            }
            case RESTART_BROKER -> brokers.get(0).restart();
            case LOSE_INSTANCE -> instances.killLast();
            case LOSE_BROKER -> brokers.get(brokers.size() - 1).kill();
        }
    }

    private void requireProgress(OutcomeLog outcomes) throws InterruptedException {
        if (!await(outcomes, outcomes.distinct() + settings.perSecond() / 10 + 1)) {
            throw CommandException.failed(
                    "No outcomes within " + RECOVERY.toSeconds() + " s after an event; see the files of this run");
        }
    }

    private boolean await(OutcomeLog outcomes, long count) throws InterruptedException {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        while (!outcomes.await(count, SUPERVISION)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            if (settings.brokers() > 1) {
                instances.restartEnded(notes);
            }
        }
        return true;
    }

    @Override
    public void close() {
        instances.close();
        brokers.forEach(Broker::close);
    }
}
