package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs three instances of the stream on a cluster of three brokers that keep every record three times, kills one of each
 * while alerts come, and compares every outcome with what was sent. Nothing that was killed comes back; an instance that
 * ends by itself is started again, as a supervisor would.
 */
final class ScaleRun implements AutoCloseable {
    static final int BROKERS = 3;
    static final int INSTANCES = 3;

    /** Two for each instance. */
    private static final int PARTITIONS = 6;

    private static final Duration RECOVERY = Duration.ofMinutes(3);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Longer than it takes until a broker counts as lost, 9 s: else a transaction ends while its coordinator moves. */
    static final String TRANSACTION_TIMEOUT_MILLIS = "30000";

    private final CrashSettings settings;
    private final CrashAlerts alerts;
    private final Path folder;
    private final PrintStream notes;
    private final List<BrokerProcess> brokers;
    private final Map<String, String> stream;
    private final List<StreamProcess> instances = new ArrayList<>();
    private int restarts;

    private ScaleRun(CrashSettings settings, CrashAlerts alerts, Path folder, Path model, PrintStream notes)
            throws InterruptedException {
        this.settings = settings;
        this.alerts = alerts;
        this.folder = folder;
        this.notes = notes;
        this.brokers = BrokerProcess.cluster(folder, BROKERS);
        this.stream = new HashMap<>(CrashRun.streamSettings(settings, BrokerProcess.addresses(brokers), model));
        stream.put("producer.transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS);
        stream.put("threads", String.valueOf(PARTITIONS / INSTANCES));
        stream.put("topics.create", "true");
        stream.put("topics.partitions", String.valueOf(PARTITIONS));
        stream.put("topics.replication-factor", String.valueOf(BROKERS));
    }

    /** Makes a run whose files go into {@code folder}. */
    static ScaleRun of(CrashSettings settings, CrashAlerts alerts, Path folder, Path model, PrintStream notes)
            throws InterruptedException {
        return new ScaleRun(settings, alerts, folder, model, notes);
    }

    /** Runs to the end. */
    CrashResult run() throws InterruptedException {
        for (int i = 0; i < INSTANCES; i++) {
            StreamProcess instance = StreamProcess.start(folder, "instance-" + i, stream);
            instances.add(instance);
            instance.awaitRunning(); // the first makes the topics
        }
        String addresses = BrokerProcess.addresses(brokers);
        try (OutcomeLog outcomes = OutcomeLog.start(addresses, alerts, PARTITIONS);
                SteadyFeed feed = SteadyFeed.start(addresses, alerts::value, settings, PARTITIONS)) {
            demandProgress(outcomes);
            outcomes.startClock();
            notes.println("  an instance is killed after " + outcomes.distinct() + " outcomes");
            instances.remove(INSTANCES - 1).kill();
            demandProgress(outcomes);
            notes.println("  a broker is killed after " + outcomes.distinct() + " outcomes");
            brokers.get(BROKERS - 1).kill();
            demandProgress(outcomes);
            long sent = feed.finish();
            await(outcomes, sent); // what is missing then is counted as such
            for (StreamProcess instance : instances) {
                if (instance.isAlive()) {
                    instance.terminate();
                }
            }
            outcomes.finish();
            return CrashResult.of(settings, 2, sent, PARTITIONS, feed::takenBy, outcomes);
        }
    }

    private void demandProgress(OutcomeLog outcomes) throws InterruptedException {
        if (!await(outcomes, outcomes.distinct() + settings.perSecond())) {
            throw CommandFailure.failed("No outcomes come any more; see " + folder);
        }
    }

    private boolean await(OutcomeLog outcomes, long distinct) throws InterruptedException {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        while (!outcomes.await(distinct, LOOK_EVERY)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            restartWhatEnded();
        }
        return true;
    }

    private void restartWhatEnded() {
        for (int i = 0; i < instances.size(); i++) {
            if (!instances.get(i).isAlive()) {
                restarts++;
                notes.println("  an instance ended by itself and is started again");
                instances.set(i, StreamProcess.start(folder, "restart-" + restarts, stream));
            }
        }
    }

    /** How many instances ended by themselves and were started again. */
    int restarts() {
        return restarts;
    }

    @Override
    public void close() {
        instances.forEach(StreamProcess::close);
        brokers.forEach(BrokerProcess::close);
    }
}
