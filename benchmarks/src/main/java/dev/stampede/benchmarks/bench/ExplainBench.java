package dev.stampede.benchmarks.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.publish.OutcomeReader;
import dev.stampede.streaming.scoring.ProvenModel;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.ScoringModel;
import dev.stampede.streaming.topology.StampedeStream;
import dev.stampede.streaming.topology.StreamSettings;
import dev.stampede.streaming.topology.Topics;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Times verdicts without explanations and with one for each, round by round in turn, so that what else the machine does
 * meets both alike; then the same where more explanations are wanted than can be made.
 */
final class ExplainBench {
    private static final int PARTITIONS = 4;
    private static final int POOL_SIZE = 4096;
    private static final long SEED = 1;
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double NANOS_PER_MILLI = 1e6;

    /** What is sent: rounds of each kind, of so many seconds each. */
    record Load(int perSecond, int overloadPerSecond, int seconds, int rounds, String search) {}

    private final Load load;
    private final ModelFile file;
    private final PrintStream notes;
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private long published;

    ExplainBench(Load load, ModelFile file, PrintStream notes) {
        this.load = load;
        this.file = file;
        this.notes = notes;
    }

    /** Measures, and answers the figures by the names they have in the JSON. */
    Map<String, Object> run() throws InterruptedException {
        try (ScoringModel model = ProvenModel.open(file);
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(PARTITIONS, Topics.DEFAULT.all());
            AlertPool pool = AlertPool.of(model.identity().channels(), POOL_SIZE, SEED);
            try (VerdictClock clock = VerdictClock.start(broker.address());
                    KafkaProducer<byte[], byte[]> producer = Clients.producer(broker.address(), 0)) {
                Feed feed = new Feed(producer, clock, pool);
                notes.println("Warming up...");
                new Round(model, broker.address(), "all").run(feed, load.perSecond());
                figures.put("ratePerSecond", load.perSecond());
                compare("", load.perSecond(), model, broker.address(), feed);
                figures.put("overloadRatePerSecond", load.overloadPerSecond());
                compare("overload", load.overloadPerSecond(), model, broker.address(), feed);
            }
            count(broker.address());
        }
        figures.put("seconds", load.seconds());
        figures.put("rounds", load.rounds());
        figures.put("search", load.search());
        return figures;
    }

    private void compare(String prefix, int perSecond, ScoringModel model, String brokers, Feed feed)
            throws InterruptedException {
        Histogram without = new Histogram(3);
        Histogram with = new Histogram(3);
        long skipped = 0;
        long before = published;
        for (int round = 1; round <= load.rounds(); round++) {
            notes.println("Round " + round + " of " + load.rounds() + " at " + perSecond + " alerts a second...");
            Histogram plain = new Round(model, brokers, "none").run(feed, perSecond);
            Round explained = new Round(model, brokers, "all");
            Histogram explaining = explained.run(feed, perSecond);
            notes.println("  without " + inWords(plain) + ", with " + inWords(explaining));
            without.add(plain);
            with.add(explaining);
            skipped += explained.count("skipped");
        }
        for (int percent : List.of(50, 99)) {
            double plain = without.getValueAtPercentile(percent) / NANOS_PER_MILLI;
            double explaining = with.getValueAtPercentile(percent) / NANOS_PER_MILLI;
            put(prefix, "withoutP" + percent + "Millis", Figures.rounded(plain));
            put(prefix, "withP" + percent + "Millis", Figures.rounded(explaining));
            put(prefix, "p" + percent + "Ratio", Figures.rounded(explaining / plain));
        }
        put(prefix, "published", published - before);
        put(prefix, "skipped", skipped);
    }

    private static String inWords(Histogram nanos) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms",
                nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
                nanos.getValueAtPercentile(99) / NANOS_PER_MILLI);
    }

    private void put(String prefix, String name, Object figure) {
        String whole =
                prefix.isEmpty() ? name : prefix + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        figures.put(whole, figure);
    }

    /** Counts what the topic of explanations holds against what the stream says that it published. */
    private void count(String brokers) {
        Map<String, Integer> copies = new LinkedHashMap<>();
        try (KafkaConsumer<byte[], byte[]> reader =
                OutcomeReader.consumer(brokers, List.of(Topics.DEFAULT.explanations()))) {
            var ends = reader.endOffsets(reader.assignment());
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> each : reader.poll(Duration.ofMillis(LOOK_EVERY_MILLIS))) {
                    copies.merge(new String(each.key(), UTF_8), 1, Integer::sum);
                }
            }
        }
        figures.put("explanationsPublished", published);
        figures.put("explanationsMissing", published - copies.size());
        figures.put(
                "explanationsRepeated",
                copies.values().stream().mapToInt(count -> count - 1).sum());
    }

    /** One stream from its start to its end. */
    private final class Round {
        private final StreamMetrics metrics = new StreamMetrics();
        private final ScoringModel model;
        private final String policy;
        private final StreamSettings settings;

        Round(ScoringModel model, String brokers, String policy) {
            this.model = model;
            this.policy = policy;
            settings = StreamSettings.of(Map.of(
                    StreamSettings.BOOTSTRAP_SERVERS,
                    brokers,
                    "processing.guarantee",
                    "at_least_once",
                    "explain.policy",
                    policy,
                    "explain.search",
                    load.search()));
        }

        /** Sends alerts for a while, and waits for every explanation that was asked for. */
        Histogram run(Feed feed, int perSecond) throws InterruptedException {
            Scoring scoring = new Scoring(model, settings.input(), metrics, Clock.systemUTC(), settings.explanations());
            try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
                await("ready", () -> stream.readiness().stream().allMatch(condition -> condition.holds()));
                feed.atRate(perSecond, 1); // connections
                Histogram nanos = feed.atRate(perSecond, load.seconds());
                if (policy.equals("all")) {
                    await("done with explanations", () -> count("published") + count("skipped") >= judged());
                    published += count("published");
                }
                return nanos;
            }
        }

        long count(String outcome) {
            return sample("stampede_explanations_total", outcome);
        }

        private long judged() {
            return sample("stampede_alerts_total", "real") + sample("stampede_alerts_total", "bogus");
        }

        private long sample(String name, String outcome) {
            return Objects.requireNonNull(
                            metrics.registry().getSampleValue(name, new String[] {"outcome"}, new String[] {outcome}))
                    .longValue();
        }
    }

    private static void await(String state, java.util.function.BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw CommandFailure.failed("The stream was not " + state + " within " + PATIENCE.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }
}
