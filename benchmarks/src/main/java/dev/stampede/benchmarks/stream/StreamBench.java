package dev.stampede.benchmarks.stream;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stampede.benchmarks.rate.Loop;
import dev.stampede.benchmarks.rate.Rate;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.service.StampedeStream;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.InProcessStream;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.Results;
import dev.stampede.systemtests.harness.TestedFormat;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/** Measures the stream end to end, its three parts alone, and a per-record scorer, in turn, on the same alerts. */
public final class StreamBench {
    private static final int PARTITIONS = 4;
    private static final int POOL_SIZE = 4096;

    private final Settings settings;
    private final ModelFile file;
    private final PrintStream notes;
    private int groups;

    /**
     * What is measured.
     *
     * @param provider of the model of the stream and of the score alone
     * @param warmUpRounds that do not count
     * @param seconds the maximum of each measurement
     * @param format the output format of the stream
     * @param perRecordEngineThreads threads of one model run of the per-record scorer; 0 for ONNX Runtime's default
     */
    public record Settings(
            EngineSettings.Provider provider,
            int alerts,
            int warmUpRounds,
            int rounds,
            int seconds,
            int threads,
            String guarantee,
            RecordFormat format,
            int perRecordEngineThreads) {
        /** The engine with one thread per run. */
        EngineSettings engine() {
            return EngineSettings.CPU.on(provider);
        }
    }

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

    public StreamBench(Settings settings, ModelFile file, PrintStream notes) {
        this.settings = settings;
        this.file = file;
        this.notes = notes;
    }

    /** Runs all measurements; the results by their names in the JSON. */
    public Map<String, Object> run() throws InterruptedException {
        try (StampModel opened = StampModel.open(file, settings.engine());
                TestedFormat format = TestedFormat.open(settings.format());
                ModelHandle model = VerifiedModel.open(file, settings.engine());
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            notes.println("Filling two topics with " + settings.alerts() + " alerts each...");
            AlertPool pool = AlertPool.of(opened.contract().planes(), POOL_SIZE);
            broker.createTopics(PARTITIONS, TopicNames.DEFAULT.all());
            broker.createTopics(PARTITIONS, List.of(ArrayAlerts.TOPIC));
            fill(broker, TopicNames.DEFAULT.alerts(), pool::value);
            fill(broker, ArrayAlerts.TOPIC, new ArrayAlerts(pool.stamps())::value);
            PartLoops loops = new PartLoops(opened, pool);
            Map<Part, List<Rate>> rates = new EnumMap<>(Part.class);
            for (int round = 1; round <= settings.warmUpRounds() + settings.rounds(); round++) {
                for (Part part : Part.values()) {
                    Rate rate = rate(part, broker.address(), opened, model, format, loops);
                    notes.printf(
                            "  round %d  %-16s %,.0f/s  %.1f us CPU%n",
                            round, part, rate.perSecond(), rate.cpuMicros());
                    if (round > settings.warmUpRounds()) {
                        rates.computeIfAbsent(part, key -> new ArrayList<>()).add(rate);
                    }
                }
            }
            return results(rates);
        }
    }

    private void fill(EmbeddedBroker broker, String topic, LongFunction<byte[]> values) throws InterruptedException {
        fill(broker, topic, settings.alerts(), values);
    }

    /** Writes {@code alerts} values to a topic. */
    static void fill(EmbeddedBroker broker, String topic, int alerts, LongFunction<byte[]> values)
            throws InterruptedException {
        try (NumberedProducer feed = NumberedProducer.open(broker.address(), topic, 20, values)) {
            feed.send(alerts, NumberedProducer.UNLIMITED);
            feed.finish(alerts);
        }
    }

    /** The rate of the stream, from topic to topic, in one output format. */
    @SuppressWarnings("try") // the stream only has to run meanwhile
    static Rate endToEnd(Settings settings, String brokers, String group, ModelHandle model, TestedFormat format)
            throws InterruptedException {
        String text = """
                bootstrap.servers=%s
                application.id=%s
                processing.guarantee=%s
                threads=%d
                """.formatted(brokers, group, settings.guarantee(), settings.threads());
        try (StampedeStream running = InProcessStream.start(model, new StreamMetrics(), text + format.settings())) {
            return committed(settings, brokers, group);
        }
    }

    @SuppressWarnings("try") // the streams only have to run meanwhile
    private Rate rate(
            Part part, String brokers, StampModel opened, ModelHandle model, TestedFormat format, PartLoops loops)
            throws InterruptedException {
        String group = "bench-" + groups++;
        return switch (part) {
            case SCORE -> Loop.measure(settings.threads(), settings.seconds(), loops::score);
            case DECODE_NORMALISE -> Loop.measure(settings.threads(), settings.seconds(), loops::decodeNormalise);
            case PASSTHROUGH -> {
                try (PlainStreams running = new PlainStreams(
                        brokers, group, settings.guarantee(), settings.threads(), TopicNames.DEFAULT.alerts(), null)) {
                    yield committed(settings, brokers, group);
                }
            }
            case END_TO_END -> endToEnd(settings, brokers, group, model, format);
            case PER_RECORD -> perRecord(brokers, group, opened);
        };
    }

    @SuppressWarnings("try") // it only has to run meanwhile
    private Rate perRecord(String brokers, String group, StampModel opened) throws InterruptedException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            if (settings.perRecordEngineThreads() > 0) {
                options.setIntraOpNumThreads(settings.perRecordEngineThreads());
            }
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.bytes(), options);
                    PlainStreams running = new PlainStreams(
                            brokers,
                            group,
                            settings.guarantee(),
                            settings.threads(),
                            ArrayAlerts.TOPIC,
                            () -> new PerRecordScorer(session, opened.contract()))) {
                return committed(settings, brokers, group);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot open " + file.origin() + " for the per-record scorer", e);
        }
    }

    private static Rate committed(Settings settings, String brokers, String group) throws InterruptedException {
        return CommittedRate.measure(brokers, group, settings.alerts(), Duration.ofSeconds(settings.seconds()));
    }

    private Map<String, Object> results(Map<Part, List<Rate>> rates) {
        Map<String, Object> results = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            results.put(part.key + "PerSecond", Math.round(median(rates, part, Rate::perSecond)));
        }
        double endToEnd = median(rates, Part.END_TO_END, Rate::perSecond);
        double bound = bound(
                median(rates, Part.PASSTHROUGH, Rate::perSecond),
                median(rates, Part.SCORE, Rate::perSecond),
                median(rates, Part.DECODE_NORMALISE, Rate::perSecond));
        results.put("boundPerSecond", Math.round(bound));
        results.put("ratioToBound", endToEnd / bound);
        results.put("ratioToPerRecord", endToEnd / median(rates, Part.PER_RECORD, Rate::perSecond));
        for (Part part : Part.values()) {
            results.put(part.key + "CpuMicros", median(rates, part, Rate::cpuMicros));
        }
        results.put("provider", settings.provider().name().toLowerCase(Locale.ROOT));
        results.put("threads", settings.threads());
        results.put("perRecordEngineThreads", settings.perRecordEngineThreads());
        results.put("guarantee", settings.guarantee());
        results.put("outputFormat", settings.format().word());
        results.put("alerts", settings.alerts());
        results.put("rounds", settings.rounds());
        return results;
    }

    private static double median(Map<Part, List<Rate>> rates, Part part, ToDoubleFunction<Rate> value) {
        return Results.median(rates.getOrDefault(part, List.of()).stream().mapToDouble(value));
    }

    /** The rate of the same threads if they did the three parts in sequence and nothing else. */
    static double bound(double passthrough, double score, double decodeNormalise) {
        return 1 / (1 / passthrough + 1 / score + 1 / decodeNormalise);
    }
}
