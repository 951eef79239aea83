package dev.stampede.benchmarks.bench;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.release.Promotion;
import dev.stampede.streaming.release.ReleaseSender;
import dev.stampede.streaming.scoring.ProvenModel;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.ScoringModel;
import dev.stampede.streaming.topology.StampedeStream;
import dev.stampede.streaming.topology.StreamSettings;
import dev.stampede.streaming.topology.Topics;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Releases a model while alerts come at a steady rate, and compares how long verdicts take then with how long they take
 * in windows between. The model that is released is a twin: what it scores costs the same.
 */
final class SwapBench {
    private static final int PARTITIONS = 4;
    private static final int POOL_SIZE = 4096;
    private static final long SEED = 1;
    private static final int WARM_UP_SECONDS = 20;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final double NANOS_PER_MILLI = 1e6;

    private final int perSecond;
    private final int seconds;
    private final int rounds;
    private final ModelFile file;
    private final PrintStream notes;
    private final ModelContract contract;
    private int twins;

    SwapBench(int perSecond, int seconds, int rounds, ModelFile file, PrintStream notes) {
        this.perSecond = perSecond;
        this.seconds = seconds;
        this.rounds = rounds;
        this.file = file;
        this.notes = notes;
        try (StampClassifier proven = StampClassifier.open(file)) {
            contract = proven.contract();
        }
    }

    /** What was measured, a window each, nanoseconds. */
    private static final class Windows {
        private final List<Histogram> quiet = new ArrayList<>();
        private final List<Histogram> swapping = new ArrayList<>();
        private final List<Histogram> shadowed = new ArrayList<>();
        private final List<Double> swapNanos = new ArrayList<>();
    }

    /** Measures, and answers the figures by the names they have in the JSON. */
    @SuppressWarnings("try") // the stream only has to run meanwhile
    Map<String, Object> run() throws InterruptedException {
        try (ScoringModel model = ProvenModel.open(file);
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            Topics topics = Topics.DEFAULT;
            broker.createTopics(
                    PARTITIONS,
                    topics.all().stream()
                            .filter(topic -> !topic.equals(topics.models()))
                            .toList());
            broker.createTopics(1, List.of(topics.models()));
            AlertPool pool = AlertPool.of(contract.channels(), POOL_SIZE, SEED);
            StreamSettings settings = StreamSettings.of(Map.of(
                    StreamSettings.BOOTSTRAP_SERVERS,
                    broker.address(),
                    "processing.guarantee",
                    StreamsConfig.AT_LEAST_ONCE));
            Scoring scoring = new Scoring(model, settings.maxAlertBytes(), new StreamMetrics(), Clock.systemUTC());
            try (StampedeStream stream =
                            StampedeStream.following(settings, scoring, (twin, role) -> ProvenModel.open(twin));
                    VerdictClock clock = VerdictClock.start(broker.address());
                    KafkaProducer<byte[], byte[]> producer = Clients.producer(broker.address(), 0)) {
                stream.begin();
                return figures(measure(new Feed(producer, clock, pool), scoring, broker.address()));
            }
        }
    }

    private Windows measure(Feed feed, Scoring scoring, String brokers) throws InterruptedException {
        notes.println("Warming up...");
        feed.atRate(perSecond, WARM_UP_SECONDS);
        release(brokers, scoring, ReleaseRole.LIVE);
        Windows windows = new Windows();
        for (int round = 1; round <= rounds; round++) {
            notes.println("Round " + round + " of " + rounds + ": quiet, with a release, with a shadow...");
            windows.quiet.add(feed.atRate(perSecond, seconds));
            CompletableFuture<Double> swap = CompletableFuture.supplyAsync(
                    () -> release(brokers, scoring, ReleaseRole.LIVE),
                    CompletableFuture.delayedExecutor(seconds * 500L, TimeUnit.MILLISECONDS));
            windows.swapping.add(feed.atRate(perSecond, seconds));
            windows.swapNanos.add(swap.join());
            release(brokers, scoring, ReleaseRole.SHADOW);
            windows.shadowed.add(feed.atRate(perSecond, seconds));
            retireShadow(brokers, scoring);
        }
        return windows;
    }

    /** Releases the next twin; answers how long it took until it scored, nanoseconds. */
    private double release(String brokers, Scoring scoring, ReleaseRole role) {
        ModelFile twin = TwinModel.of(file, twins++);
        long start = System.nanoTime();
        send(brokers, promotion().release(twin, contract, role, Optional.empty()));
        await(() -> role == ReleaseRole.LIVE
                ? scoring.model().identity().sha256().equals(twin.sha256())
                : scoring.shadow().isPresent());
        return System.nanoTime() - start;
    }

    private void retireShadow(String brokers, Scoring scoring) {
        ModelFile last = TwinModel.of(file, twins - 1);
        send(brokers, promotion().release(last, contract, ReleaseRole.RETIRED, Optional.empty()));
        await(() -> scoring.shadow().isEmpty());
    }

    private static Promotion promotion() {
        return new Promotion("bench lifecycle", Optional.empty(), Instant.now());
    }

    private static void send(String brokers, ModelRelease release) {
        ReleaseSender.send(
                Map.of(StreamSettings.BOOTSTRAP_SERVERS, brokers), Topics.DEFAULT.models(), List.of(release));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw CommandFailure.failed("A release was not taken within a minute");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CommandFailure.failed("interrupted");
            }
        }
    }

    private Map<String, Object> figures(Windows windows) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("ratePerSecond", perSecond);
        enter(figures, "quiet", windows.quiet);
        enter(figures, "swap", windows.swapping);
        enter(figures, "shadow", windows.shadowed);
        figures.put(
                "releaseToVerdictsMillis", Figures.rounded(StreamBench.median(windows.swapNanos) / NANOS_PER_MILLI));
        figures.put("swaps", windows.swapping.size());
        figures.put("rounds", rounds);
        figures.put("seconds", seconds);
        return figures;
    }

    /** Medians over the windows, and the greatest of all. */
    private static void enter(Map<String, Object> figures, String name, List<Histogram> windows) {
        for (int percent : List.of(50, 99)) {
            List<Double> millis = windows.stream()
                    .map(window -> window.getValueAtPercentile(percent) / NANOS_PER_MILLI)
                    .toList();
            figures.put(name + "P" + percent + "Millis", Figures.rounded(StreamBench.median(millis)));
        }
        double greatest =
                windows.stream().mapToLong(Histogram::getMaxValue).max().orElse(0);
        figures.put(name + "MaxMillis", Figures.rounded(greatest / NANOS_PER_MILLI));
    }
}
