package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.topology.Topics;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stream as processes of their own on a broker, feeds it without a pause, does to it what the settings say,
 * and compares every outcome with what was sent.
 */
final class CrashRun implements AutoCloseable {
    static final int PARTITIONS = 4;

    /** Beyond every time-out that a failover waits for. */
    private static final Duration RECOVERY = Duration.ofMinutes(2);

    /** Between two events, and how long a second instance takes part. */
    private static final long CALM_MILLIS = 1000;

    private final CrashSettings settings;
    private final CrashAlerts alerts;
    private final Path folder;
    private final Map<String, String> stream;
    private final PrintStream notes;
    private EmbeddedBroker broker;
    private @Nullable StreamProcess main;
    private int instances;

    private CrashRun(
            CrashSettings settings,
            CrashAlerts alerts,
            Path folder,
            Path model,
            EmbeddedBroker broker,
            PrintStream notes) {
        this.settings = settings;
        this.alerts = alerts;
        this.folder = folder;
        this.broker = broker;
        this.notes = notes;
        this.stream = streamSettings(settings, broker.address(), model);
    }

    /**
     * Makes a run whose files go into {@code folder}.
     *
     * @param model the file of the model that {@code alerts} expects the verdicts of
     */
    static CrashRun of(CrashSettings settings, CrashAlerts alerts, Path folder, Path model, PrintStream notes) {
        EmbeddedBroker broker = EmbeddedBroker.open(folder.resolve("broker"), 0);
        return new CrashRun(settings, alerts, folder, model, broker, notes);
    }

    /** What a user would set for a quick failover; the rest is as it comes. */
    static Map<String, String> streamSettings(CrashSettings settings, String brokers, Path model) {
        Map<String, String> stream = new HashMap<>(Map.of(
                "bootstrap.servers",
                brokers,
                "application.id",
                "crash",
                "model.path",
                model.toString(),
                "processing.guarantee",
                settings.guarantee(),
                "group.protocol",
                settings.protocol(),
                "threads",
                "2",
                "http.port",
                "0"));
        if (settings.protocol().equals("classic")) {
            // With the streams protocol these are the broker's to say.
            stream.put("main.consumer.session.timeout.ms", "6000");
            stream.put("main.consumer.heartbeat.interval.ms", "2000");
        }
        if (settings.guarantee().equals(StreamsConfig.EXACTLY_ONCE_V2)) {
            stream.put("producer.transaction.timeout.ms", "5000");
        }
        return stream;
    }

    /** Runs to the end. */
    CrashResult run() throws InterruptedException {
        broker.createTopics(PARTITIONS, Topics.DEFAULT.all());
        String brokers = broker.address();
        try (OutcomeLog outcomes = OutcomeLog.start(brokers, alerts, PARTITIONS);
                SteadyFeed feed = SteadyFeed.start(brokers, alerts::value, settings, PARTITIONS)) {
            main = startInstance();
            demandProgress(outcomes);
            outcomes.startClock();
            for (CrashEvent event : settings.events()) {
                notes.println("  " + event + " after " + outcomes.distinct() + " outcomes");
                happen(event);
                demandProgress(outcomes);
                TimeUnit.MILLISECONDS.sleep(CALM_MILLIS);
            }
            long sent = feed.finish();
            outcomes.await(sent, RECOVERY); // what is missing then is counted as such
            main.terminate();
            outcomes.finish();
            return CrashResult.of(settings, settings.events().size(), sent, PARTITIONS, feed::takenBy, outcomes);
        }
    }

    private StreamProcess startInstance() throws InterruptedException {
        StreamProcess instance = StreamProcess.start(folder, "instance-" + instances++, stream);
        instance.awaitRunning();
        return instance;
    }

    private void happen(CrashEvent event) throws InterruptedException {
        StreamProcess running = main;
        if (running == null) {
            throw new IllegalStateException("no instance runs");
        }
        switch (event) {
            case KILL -> {
                running.kill();
                main = startInstance();
            }
            case TERMINATE -> {
                running.terminate();
                main = startInstance();
            }
            case JOIN_AND_LEAVE -> {
                try (StreamProcess second = startInstance()) {
                    TimeUnit.MILLISECONDS.sleep(CALM_MILLIS);
                    second.terminate();
                }
            }
            case RESTART_BROKER -> {
                int port = Integer.parseInt(
                        broker.address().substring(broker.address().lastIndexOf(':') + 1));
                broker.close();
                broker = EmbeddedBroker.open(folder.resolve("broker"), port);
            }
        }
    }

    private void demandProgress(OutcomeLog outcomes) throws InterruptedException {
        if (!outcomes.await(outcomes.distinct() + settings.perSecond() / 10 + 1, RECOVERY)) {
            throw CommandFailure.failed(
                    "No outcomes come any more, " + RECOVERY.toSeconds() + " s after an event; see " + folder);
        }
    }

    @Override
    public void close() {
        if (main != null) {
            main.close();
        }
        broker.close();
    }
}
