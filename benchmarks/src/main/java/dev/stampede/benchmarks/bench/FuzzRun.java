package dev.stampede.benchmarks.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.FuzzedValues;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.publish.OutcomeReader;
import dev.stampede.streaming.scoring.ProvenModel;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.ScoringModel;
import dev.stampede.streaming.topology.StampedeStream;
import dev.stampede.streaming.topology.StreamSettings;
import dev.stampede.streaming.topology.TopicCheck;
import dev.stampede.streaming.topology.Topics;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends fuzzed values through the stream on an embedded broker, while it runs, and reads every outcome back. */
final class FuzzRun {
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration READING = Duration.ofSeconds(60);

    private final int count;
    private final long seed;
    private final ModelFile file;
    private final PrintStream notes;

    FuzzRun(int count, long seed, ModelFile file, PrintStream notes) {
        this.count = count;
        this.seed = seed;
        this.file = file;
        this.notes = notes;
    }

    /** Runs to the end; {@code folder} is for the description of a survey. */
    FuzzResult run(Path folder) throws InterruptedException {
        FuzzedValues values = new FuzzedValues(seed);
        // In the past, as a broker refuses records from the future.
        FuzzLedger ledger = new FuzzLedger(values, count, PARTITIONS, System.currentTimeMillis() - count);
        StreamMetrics metrics = new StreamMetrics();
        try (ScoringModel model = ProvenModel.open(file);
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            StreamSettings settings = settings(broker.address());
            TopicCheck.demand(settings);
            Scoring scoring = new Scoring(model, FuzzedValues.input(folder), metrics, Clock.systemUTC());
            OutcomeReader reader = OutcomeReader.start(
                    broker.address(), List.of(Topics.DEFAULT.classifications(), Topics.DEFAULT.deadLetters()), ledger);
            String failure;
            try (reader;
                    StampedeStream stream = StampedeStream.start(settings, scoring);
                    KafkaProducer<byte[], byte[]> producer = Clients.producer(broker.address(), 5)) {
                send(values, ledger, producer);
                awaitOutcomes(stream, ledger);
                failure = stream.failure().map(Throwable::toString).orElse("");
            }
            demandAllRead(reader);
            double unbatched = metrics.registry().getSampleValue("stampede_unbatched_total");
            return ledger.result(seed, (long) unbatched, failure);
        }
    }

    private static StreamSettings settings(String brokers) {
        return StreamSettings.of(Map.of(
                StreamSettings.BOOTSTRAP_SERVERS,
                brokers,
                "application.id",
                "fuzz",
                "threads",
                "2",
                "topics.create",
                "true",
                "topics.partitions",
                String.valueOf(PARTITIONS)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    private void send(FuzzedValues values, FuzzLedger ledger, KafkaProducer<byte[], byte[]> producer) {
        AtomicReference<@Nullable Exception> refusal = new AtomicReference<>();
        for (int i = 0; i < count && refusal.get() == null; i++) {
            int number = i;
            byte[] key = Integer.toString(number).getBytes(US_ASCII);
            producer.send(
                    new ProducerRecord<>(
                            Topics.DEFAULT.alerts(), null, ledger.timestamp(number), key, values.value(number)),
                    (stored, cause) -> {
                        if (cause == null) {
                            ledger.taken(number, stored.partition());
                        } else {
                            refusal.set(cause);
                        }
                    });
        }
        producer.flush();
        Exception cause = refusal.get();
        if (cause != null) {
            throw CommandFailure.failed("The broker did not take a value: " + cause.getMessage());
        }
    }

    private void awaitOutcomes(StampedeStream stream, FuzzLedger ledger) throws InterruptedException {
        int outcomes = -1;
        long lastProgress = System.nanoTime();
        while (outcomes < count
                && stream.failure().isEmpty()
                && System.nanoTime() - lastProgress < PATIENCE.toNanos()) {
            int now = ledger.outcomes();
            if (now != outcomes) {
                outcomes = now;
                lastProgress = System.nanoTime();
                notes.println(outcomes + " outcomes");
            }
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static void demandAllRead(OutcomeReader reader) throws InterruptedException {
        boolean finished = reader.finish(READING);
        reader.failure().ifPresent(cause -> {
            throw new IllegalStateException("reading outcomes back failed", cause);
        });
        if (!finished) {
            throw CommandFailure.failed(
                    "The outcomes could not be read to their end within " + READING.toSeconds() + " s");
        }
    }
}
