package dev.stampede.benchmarks.peers;

import dev.stampede.benchmarks.rate.Rate;
import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.Folders;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.Broker;
import dev.stampede.systemtests.harness.BrokerProcess;
import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Measures the stream and the programs of {@code benchmarks/peers} in turn, each as a separate process, on the same topic
 * of a broker in another process.
 */
final class PeersBench {
    private static final String ALERTS = "alerts";
    private static final int POOL_SIZE = 4096;

    private final Settings settings;
    private final ModelFile model;
    private final Path folder;
    private final PrintStream notes;
    private int outputs;

    /**
     * What is measured.
     *
     * @param alerts on the topic
     * @param warmUpSeconds of each program, from its first result
     * @param seconds of each measurement
     * @param programs the folder of the build of {@code benchmarks/peers}
     */
    record Settings(
            List<Peer> peers, int alerts, int rounds, int warmUpSeconds, int seconds, int threads, Path programs) {
        Settings {
            peers = List.copyOf(peers);
        }
    }

    /** @param folder for the files of the broker and the programs */
    PeersBench(Settings settings, ModelFile model, Path folder, PrintStream notes) {
        this.settings = settings;
        this.model = model;
        this.folder = folder;
        this.notes = notes;
    }

    /** Runs all measurements; the results by their names in the JSON. */
    Map<String, Object> run() throws InterruptedException {
        Broker broker = BrokerProcess.cluster(folder, 1).get(0);
        try (broker;
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            notes.println("Filling a topic with " + settings.alerts() + " alerts...");
            createTopic(admin, ALERTS);
            createTopic(admin, TopicNames.DEFAULT.deadLetters());
            fill(broker.address());
            List<Map<Peer, Rate>> rounds = new ArrayList<>();
            for (int round = 1; round <= settings.rounds(); round++) {
                Map<Peer, Rate> rates = new EnumMap<>(Peer.class);
                for (Peer peer : settings.peers()) {
                    Rate rate = rate(peer, broker.address(), admin);
                    notes.printf("  round %d  %-18s %s%n", round, peer.key(), rate);
                    rates.put(peer, rate);
                }
                rounds.add(rates);
            }
            return results(rounds);
        }
    }

    private void fill(String brokers) throws InterruptedException {
        try (StampModel opened = StampModel.open(model)) {
            AlertPool pool = AlertPool.of(opened.contract().planes(), POOL_SIZE);
            try (NumberedProducer feed = NumberedProducer.open(brokers, ALERTS, 20, pool::value)) {
                feed.send(settings.alerts(), NumberedProducer.UNLIMITED);
                feed.finish(settings.alerts());
            }
        }
    }

    private Rate rate(Peer peer, String brokers, Admin admin) throws InterruptedException {
        String output = "results-" + outputs++;
        createTopic(admin, output);
        Path own = folder.resolve(output);
        try {
            Files.createDirectories(own);
            Path file = Files.write(own.resolve("model.onnx"), model.bytes());
            Peer.Work work = new Peer.Work(brokers, ALERTS, output, file.toString(), settings.threads(), own);
            try (JavaProcess process = peer.start(work, settings.programs())) {
                Rate rate = new PublishedRate(admin, output, settings.threads(), process)
                        .measure(
                                Duration.ofSeconds(settings.warmUpSeconds()),
                                Duration.ofSeconds(settings.seconds()),
                                settings.alerts());
                process.kill();
                return rate;
            } finally {
                admin.deleteTopics(List.of(output));
                Folders.delete(own);
            }
        } catch (IOException failure) {
            throw CommandException.failed("Cannot write to " + own + ": " + FailureReason.of(failure) + ".");
        }
    }

    private void createTopic(Admin admin, String topic) throws InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(topic, settings.threads(), (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException failure) {
            throw CommandException.failed("Cannot create the topic " + topic + ": " + FailureReason.of(failure) + ".");
        }
    }

    /** Medians of a program, and of its ratios to the stream within a round. */
    private record Result(long perSecond, double cpuMicros, double rateRatio, double cpuRatio) {}

    private Map<String, Object> results(List<Map<Peer, Rate>> rounds) {
        Map<String, Result> all = new LinkedHashMap<>();
        for (Peer peer : settings.peers()) {
            all.put(
                    peer.key(),
                    new Result(
                            Math.round(median(rounds, round -> of(round, peer).perSecond())),
                            median(rounds, round -> of(round, peer).cpuMicros()),
                            ratio(rounds, peer, Rate::perSecond),
                            ratio(rounds, peer, Rate::cpuMicros)));
        }
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("programs", all);
        results.put("threads", settings.threads());
        results.put("alerts", settings.alerts());
        results.put("seconds", settings.seconds());
        results.put("rounds", settings.rounds());
        return results;
    }

    private static double ratio(List<Map<Peer, Rate>> rounds, Peer peer, ToDoubleFunction<Rate> value) {
        return median(
                rounds, round -> value.applyAsDouble(of(round, peer)) / value.applyAsDouble(of(round, Peer.STAMPEDE)));
    }

    private static Rate of(Map<Peer, Rate> round, Peer peer) {
        return Objects.requireNonNull(round.get(peer), peer.name());
    }

    private static double median(List<Map<Peer, Rate>> rounds, ToDoubleFunction<Map<Peer, Rate>> value) {
        return Results.median(rounds.stream().mapToDouble(value));
    }
}
