package dev.stampede.benchmarks.bench;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.scoring.ProvenModel;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.ScoringModel;
import dev.stampede.streaming.topology.StampedeStream;
import dev.stampede.streaming.topology.StreamSettings;
import dev.stampede.streaming.topology.Topics;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The stream end to end, its three parts alone, and a scorer of single records, in turn, on the same alerts. */
final class StreamBench {
    private static final int PARTITIONS = 4;
    private static final int POOL_SIZE = 4096;
    private static final long SEED = 1;

    private final Settings settings;
    private final ModelFile file;
    private final PrintStream notes;
    private int groups;

    /**
     * What is measured.
     *
     * @param warmUpRounds that do not count
     * @param rounds that count
     * @param seconds of each measurement, at most
     * @param perRecordEngineThreads threads of the engine in one run of the scorer of single records; 0 leaves ONNX
     *     Runtime its default
     */
    record Settings(
            int alerts,
            int warmUpRounds,
            int rounds,
            int seconds,
            int threads,
            String guarantee,
            int perRecordEngineThreads) {}

    private enum Part {
        PASSTHROUGH("passthrough"),
        SCORE("score"),
        DECODE_NORMALISE("decodeNormalise"),
        END_TO_END("endToEnd"),
        PER_RECORD("perRecord");

        private final String key;

        Part(String key) {
            this.key = key;
        }
    }

    StreamBench(Settings settings, ModelFile file, PrintStream notes) {
        this.settings = settings;
        this.file = file;
        this.notes = notes;
    }

    /** Measures all, and answers the figures by the names they have in the JSON. */
    Map<String, Object> run() throws InterruptedException {
        try (StampClassifier classifier = StampClassifier.open(file);
                ScoringModel model = ProvenModel.open(file);
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            notes.println("Filling two topics with " + settings.alerts() + " alerts each...");
            AlertPool pool = AlertPool.of(classifier.contract().channels(), POOL_SIZE, SEED);
            broker.createTopics(PARTITIONS, Topics.DEFAULT.all());
            broker.createTopics(PARTITIONS, List.of(ArrayAlerts.TOPIC));
            fill(broker, Topics.DEFAULT.alerts(), pool::value);
            fill(broker, ArrayAlerts.TOPIC, new ArrayAlerts(pool.stamps())::value);
            PartLoops loops = new PartLoops(classifier, pool);
            Map<Part, List<Rate>> rates = new EnumMap<>(Part.class);
            for (int round = 1; round <= settings.warmUpRounds() + settings.rounds(); round++) {
                for (Part part : Part.values()) {
                    Rate rate = rate(part, broker.address(), classifier.contract(), model, loops);
                    notes.printf(
                            "  round %d  %-16s %,.0f/s  %.1f us CPU%n",
                            round, part, rate.perSecond(), rate.cpuMicros());
                    if (round > settings.warmUpRounds()) {
                        rates.computeIfAbsent(part, key -> new ArrayList<>()).add(rate);
                    }
                }
            }
            return figures(rates);
        }
    }

    private Rate rate(Part part, String brokers, ModelContract contract, ScoringModel model, PartLoops loops)
            throws InterruptedException {
        return switch (part) {
            case PASSTHROUGH -> passthrough(brokers);
            case SCORE -> Loop.measure(settings.threads(), settings.seconds(), loops::score);
            case DECODE_NORMALISE -> Loop.measure(settings.threads(), settings.seconds(), loops::decodeNormalise);
            case END_TO_END -> endToEnd(brokers, model);
            case PER_RECORD -> perRecord(brokers, contract);
        };
    }

    @SuppressWarnings("try") // it only has to run meanwhile
    private Rate passthrough(String brokers) throws InterruptedException {
        String group = newGroup();
        try (PlainStreams running =
                PlainStreams.passthrough(brokers, group, settings.guarantee(), settings.threads())) {
            return committed(brokers, group);
        }
    }

    @SuppressWarnings("try") // it only has to run meanwhile
    private Rate endToEnd(String brokers, ScoringModel model) throws InterruptedException {
        String group = newGroup();
        StreamSettings stream = StreamSettings.of(Map.of(
                StreamSettings.BOOTSTRAP_SERVERS,
                brokers,
                "application.id",
                group,
                "processing.guarantee",
                settings.guarantee(),
                "threads",
                String.valueOf(settings.threads())));
        Scoring scoring = new Scoring(model, stream.maxAlertBytes(), new StreamMetrics(), Clock.systemUTC());
        try (StampedeStream running = StampedeStream.start(stream, scoring)) {
            return committed(brokers, group);
        }
    }

    @SuppressWarnings("try") // it only has to run meanwhile
    private Rate perRecord(String brokers, ModelContract contract) throws InterruptedException {
        String group = newGroup();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            if (settings.perRecordEngineThreads() > 0) {
                options.setIntraOpNumThreads(settings.perRecordEngineThreads());
            }
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.bytes(), options);
                    PlainStreams running = PlainStreams.processing(
                            brokers,
                            group,
                            settings.guarantee(),
                            settings.threads(),
                            ArrayAlerts.TOPIC,
                            () -> new PerRecordScorer(session, contract))) {
                return committed(brokers, group);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("cannot open " + file.origin() + " for the scorer of single records", e);
        }
    }

    private Rate committed(String brokers, String group) throws InterruptedException {
        return CommittedRate.measure(brokers, group, settings.alerts(), Duration.ofSeconds(settings.seconds()));
    }

    private String newGroup() {
        return "bench-" + groups++;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the last close() waits; a refusal shows as alerts that never come
    private void fill(EmbeddedBroker broker, String topic, LongFunction<byte[]> alerts) {
        try (KafkaProducer<byte[], byte[]> producer = Clients.producer(broker.address(), 20)) {
            for (int number = 0; number < settings.alerts(); number++) {
                producer.send(new ProducerRecord<>(topic, AlertPool.key(number), alerts.apply(number)));
            }
        }
    }

    private Map<String, Object> figures(Map<Part, List<Rate>> rates) {
        double bound = bound(
                perSecond(rates, Part.PASSTHROUGH),
                perSecond(rates, Part.SCORE),
                perSecond(rates, Part.DECODE_NORMALISE));
        double endToEnd = perSecond(rates, Part.END_TO_END);
        Map<String, Object> figures = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            figures.put(part.key + "PerSecond", Math.round(perSecond(rates, part)));
        }
        figures.put("boundPerSecond", Math.round(bound));
        figures.put("ratioToBound", Figures.rounded(endToEnd / bound));
        figures.put("ratioToPerRecord", Figures.rounded(endToEnd / perSecond(rates, Part.PER_RECORD)));
        for (Part part : Part.values()) {
            figures.put(part.key + "CpuMicros", Figures.rounded(median(rates, part, Rate::cpuMicros)));
        }
        figures.put("threads", settings.threads());
        figures.put("perRecordEngineThreads", settings.perRecordEngineThreads());
        figures.put("guarantee", settings.guarantee());
        figures.put("alerts", settings.alerts());
        figures.put("rounds", settings.rounds());
        return figures;
    }

    private static double perSecond(Map<Part, List<Rate>> rates, Part part) {
        return median(rates, part, Rate::perSecond);
    }

    private static double median(Map<Part, List<Rate>> rates, Part part, ToDoubleFunction<Rate> figure) {
        return median(rates.getOrDefault(part, List.of()).stream()
                .mapToDouble(figure)
                .boxed()
                .toList());
    }

    /** The rate at which the same threads would do three works one after the other, were there no other cost. */
    static double bound(double passthrough, double score, double decodeNormalise) {
        return 1 / (1 / passthrough + 1 / score + 1 / decodeNormalise);
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
