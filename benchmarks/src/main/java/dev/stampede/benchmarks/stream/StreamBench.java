package dev.stampede.benchmarks.stream;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stampede.benchmarks.rate.Loop;
import dev.stampede.benchmarks.rate.Rate;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.broker.BrokerSettings;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.service.StampedeStream;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.InProcessStream;
import dev.stampede.systemtests.harness.MachineLoad;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.Results;
import dev.stampede.systemtests.harness.StreamSettingOptions;
import dev.stampede.systemtests.harness.TestedFormat;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/** Measures the stream end to end, its three parts alone, and a per-record scorer, in turn, on the same alerts. */
public final class StreamBench {
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
     * @param streamSettings settings of all three streams that differ from the defaults
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
            Map<String, String> streamSettings,
            int perRecordEngineThreads) {
        public Settings {
            streamSettings = Map.copyOf(streamSettings);
        }

        /** The settings of a stream as lines of a properties file, of which the last of a name counts. */
        private String ofStream(String brokers, String group, Map<String, String> more) {
            return """
                    bootstrap.servers=%s
                    application.id=%s
                    processing.guarantee=%s
                    threads=%d
                    """.formatted(brokers, group, guarantee, threads)
                    + StreamSettingOptions.lines(streamSettings)
                    + StreamSettingOptions.lines(more);
        }

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

    /** Runs all measurements; passes on the results by their names in the JSON, and the load while they were measured. */
    public void run(BiConsumer<Map<String, Object>, MachineLoad> print) throws InterruptedException {
        try (StampModel opened = StampModel.open(file, settings.engine());
                TestedFormat format = TestedFormat.open(settings.format());
                ModelHandle model = VerifiedModel.open(file, settings.engine());
                EmbeddedBroker broker =
                        EmbeddedBroker.start(BrokerSettings.singleNode(0).waitingForThreads())) {
            notes.println("Filling two topics with " + settings.alerts() + " alerts each...");
            AlertPool pool = AlertPool.of(opened.contract().planes(), POOL_SIZE);
            broker.createTopics(settings.threads(), TopicNames.DEFAULT.all());
            broker.createTopics(settings.threads(), List.of(ArrayAlerts.TOPIC));
            fill(broker, TopicNames.DEFAULT.alerts(), pool::value);
            fill(broker, ArrayAlerts.TOPIC, new ArrayAlerts(pool.stamps())::value);
            PartLoops loops = new PartLoops(opened, pool);
            List<Map<Part, Rate>> rounds = new ArrayList<>();
            MachineLoad load = MachineLoad.begin();
            for (int round = 1; round <= settings.warmUpRounds() + settings.rounds(); round++) {
                if (round == settings.warmUpRounds() + 1) {
                    load = MachineLoad.begin();
                }
                Map<Part, Rate> rates = new EnumMap<>(Part.class);
                for (Part part : Part.values()) {
                    Rate rate = rate(part, broker.address(), opened, model, format, loops);
                    notes.printf("  round %d  %-16s %s%n", round, part, rate);
                    rates.put(part, rate);
                }
                if (round > settings.warmUpRounds()) {
                    rounds.add(rates);
                }
            }
            print.accept(results(rounds), load);
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

    /** The rate of the stream, from topic to topic, in one output format and with {@code more} settings. */
    @SuppressWarnings("try") // the stream only has to run meanwhile
    static Rate endToEnd(
            Settings settings,
            String brokers,
            String group,
            ModelHandle model,
            TestedFormat format,
            Map<String, String> more)
            throws InterruptedException {
        String text = format.settings() + settings.ofStream(brokers, group, more);
        try (StampedeStream running = InProcessStream.start(model, new StreamMetrics(), text)) {
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
                try (PlainStreams running =
                        new PlainStreams(plain(brokers, group), TopicNames.DEFAULT.alerts(), null)) {
                    yield committed(settings, brokers, group);
                }
            }
            case END_TO_END -> endToEnd(settings, brokers, group, model, format, Map.of());
            case PER_RECORD -> perRecord(brokers, group, opened);
        };
    }

    /** The settings of the other two streams; they write no container files, so they compress nothing. */
    private StreamSettings plain(String brokers, String group) {
        return InProcessStream.settings(
                settings.ofStream(brokers, group, Map.of("output.format", RecordFormat.SINGLE_OBJECT.word())));
    }

    @SuppressWarnings("try") // it only has to run meanwhile
    private Rate perRecord(String brokers, String group, StampModel opened) throws InterruptedException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            if (settings.perRecordEngineThreads() > 0) {
                options.setIntraOpNumThreads(settings.perRecordEngineThreads());
            }
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.bytes(), options);
                    PlainStreams running = new PlainStreams(
                            plain(brokers, group),
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

    private Map<String, Object> results(List<Map<Part, Rate>> rounds) {
        Map<String, Object> results = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            results.put(
                    part.key + "PerSecond",
                    Math.round(median(rounds, round -> rate(round, part).perSecond())));
        }
        results.put("boundPerSecond", Math.round(median(rounds, StreamBench::bound)));
        results.put(
                "ratioToBound",
                median(rounds, round -> rate(round, Part.END_TO_END).perSecond() / bound(round)));
        results.put(
                "ratioToPerRecord",
                median(
                        rounds,
                        round -> rate(round, Part.END_TO_END).perSecond()
                                / rate(round, Part.PER_RECORD).perSecond()));
        for (Part part : Part.values()) {
            results.put(
                    part.key + "CpuMicros",
                    median(rounds, round -> rate(round, part).cpuMicros()));
        }
        for (Part part : Part.values()) {
            results.put(
                    part.key + "BusyCores",
                    median(rounds, round -> rate(round, part).busyCores()));
        }
        results.put("provider", settings.provider().name().toLowerCase(Locale.ROOT));
        results.put("threads", settings.threads());
        results.put("perRecordEngineThreads", settings.perRecordEngineThreads());
        results.put("guarantee", settings.guarantee());
        results.put("outputFormat", settings.format().word());
        results.put("streamSettings", settings.streamSettings());
        results.put("alerts", settings.alerts());
        results.put("rounds", settings.rounds());
        return results;
    }

    private static double median(List<Map<Part, Rate>> rounds, ToDoubleFunction<Map<Part, Rate>> value) {
        return Results.median(rounds.stream().mapToDouble(value));
    }

    private static Rate rate(Map<Part, Rate> round, Part part) {
        return Objects.requireNonNull(round.get(part), part.key);
    }

    private static double bound(Map<Part, Rate> round) {
        return bound(
                rate(round, Part.PASSTHROUGH).perSecond(),
                rate(round, Part.SCORE).perSecond(),
                rate(round, Part.DECODE_NORMALISE).perSecond());
    }

    /** The rate of the same threads if they did the three parts in sequence and nothing else. */
    static double bound(double passthrough, double score, double decodeNormalise) {
        return 1 / (1 / passthrough + 1 / score + 1 / decodeNormalise);
    }
}
