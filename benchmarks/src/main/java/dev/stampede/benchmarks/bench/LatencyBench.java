package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.contract.ModelFile;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.streams.StreamsConfig;

/** Sends alerts, at a rate and then in bursts, and reads each verdict back. */
final class LatencyBench {
    private static final int PARTITIONS = 4;
    private static final int POOL_SIZE = 4096;
    private static final long SEED = 1;

    /** Until the compilers are done with the paths of sender, broker, stream and reader. */
    private static final int WARM_UP_SECONDS = 20;

    private static final double NANOS_PER_MILLI = 1e6;

    private final int perSecond;
    private final int seconds;
    private final int threads;
    private final ModelFile file;
    private final PrintStream notes;

    LatencyBench(int perSecond, int seconds, int threads, ModelFile file, PrintStream notes) {
        this.perSecond = perSecond;
        this.seconds = seconds;
        this.threads = threads;
        this.file = file;
        this.notes = notes;
    }

    /** Measures, and answers the figures by the names they have in the JSON. */
    @SuppressWarnings("try") // the stream only has to run meanwhile
    Map<String, Object> run() throws InterruptedException {
        try (ScoringModel model = ProvenModel.open(file);
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(PARTITIONS, Topics.DEFAULT.all());
            AlertPool pool = AlertPool.of(model.identity().channels(), POOL_SIZE, SEED);
            StreamSettings settings = StreamSettings.of(Map.of(
                    StreamSettings.BOOTSTRAP_SERVERS,
                    broker.address(),
                    "processing.guarantee",
                    StreamsConfig.AT_LEAST_ONCE,
                    "threads",
                    String.valueOf(threads)));
            Scoring scoring = new Scoring(model, settings.maxAlertBytes(), new StreamMetrics(), Clock.systemUTC());
            try (StampedeStream stream = StampedeStream.start(settings, scoring);
                    VerdictClock clock = VerdictClock.start(broker.address());
                    KafkaProducer<byte[], byte[]> producer = Clients.producer(broker.address(), 0)) {
                return measure(new Feed(producer, clock, pool));
            }
        }
    }

    private Map<String, Object> measure(Feed feed) throws InterruptedException {
        notes.println("Warming up...");
        feed.atRate(perSecond, WARM_UP_SECONDS);
        feed.burst(10_000);
        notes.println("Sending " + perSecond + " alerts a second for " + seconds + " s...");
        Histogram nanos = feed.atRate(perSecond, seconds);
        notes.println("Sending bursts...");
        double small = feed.burst(10_000);
        double large = feed.burst(40_000);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("ratePerSecond", perSecond);
        for (int percent : List.of(50, 90, 99)) {
            figures.put("p" + percent + "Millis", millis(nanos.getValueAtPercentile(percent)));
        }
        figures.put("maxMillis", millis(nanos.getMaxValue()));
        figures.put("burst10000Seconds", Figures.rounded(small));
        figures.put("burst40000Seconds", Figures.rounded(large));
        figures.put("threads", threads);
        figures.put("seconds", seconds);
        return figures;
    }

    private static double millis(long nanos) {
        return Figures.rounded(nanos / NANOS_PER_MILLI);
    }
}
