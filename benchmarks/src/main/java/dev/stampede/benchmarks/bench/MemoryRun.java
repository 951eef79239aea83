package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.publish.OutcomeReader;
import dev.stampede.streaming.topology.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Builds a backlog on an embedded broker, then drains it with the stream as a process of its own, and watches that. */
final class MemoryRun {
    private static final int PARTITIONS = 4;
    private static final int POOL_SIZE = 2000;
    private static final long SEED = 1;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long alerts;
    private final int secondsBetweenLooks;
    private final ModelFile file;
    private final PrintStream notes;

    MemoryRun(long alerts, int secondsBetweenLooks, ModelFile file, PrintStream notes) {
        this.alerts = alerts;
        this.secondsBetweenLooks = secondsBetweenLooks;
        this.file = file;
        this.notes = notes;
    }

    /** Runs to the end, with the log of the stream in {@code folder}. */
    MemoryResult run(Path folder) throws InterruptedException, IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            broker.createTopics(PARTITIONS, Topics.DEFAULT.all());
            notes.println("Sending a backlog of " + alerts + " alerts...");
            sendBacklog(broker.address());
            Path model = Files.write(folder.resolve("model.onnx"), file.bytes());
            long start = System.nanoTime();
            try (StreamProcess stream = StreamProcess.start(folder, "stream", settings(broker.address(), model))) {
                stream.awaitRunning();
                notes.println("Draining it...");
                MemoryResult result = drain(broker.address(), stream, start);
                stream.terminate();
                return result;
            }
        }
    }

    private static Map<String, String> settings(String brokers, Path model) {
        return Map.of(
                "bootstrap.servers", brokers,
                "application.id", "memory",
                "model.path", model.toString(),
                "threads", "2",
                "http.port", "0");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is refused is missing among the outcomes
    private void sendBacklog(String brokers) {
        AlertPool pool;
        try (StampClassifier classifier = StampClassifier.open(file)) {
            pool = AlertPool.of(classifier.contract().channels(), POOL_SIZE, SEED);
        }
        try (KafkaProducer<byte[], byte[]> producer = Clients.producer(brokers, 5)) {
            for (long number = 0; number < alerts; number++) {
                producer.send(new ProducerRecord<>(Topics.DEFAULT.alerts(), AlertPool.key(number), pool.value(number)));
            }
        }
    }

    private MemoryResult drain(String brokers, StreamProcess stream, long startNanos) {
        List<MemoryResult.Sample> samples = new ArrayList<>();
        long outcomes = 0;
        long lastOutcome = System.nanoTime();
        long nextLook = System.nanoTime();
        try (ProcessMemory memory = ProcessMemory.of(stream.pid());
                KafkaConsumer<byte[], byte[]> reader = OutcomeReader.consumer(
                        brokers, List.of(Topics.DEFAULT.classifications(), Topics.DEFAULT.deadLetters()))) {
            while (outcomes < alerts && System.nanoTime() - lastOutcome < PATIENCE.toNanos()) {
                int came = reader.poll(POLL).count();
                outcomes += came;
                if (came > 0) {
                    lastOutcome = System.nanoTime();
                }
                if (System.nanoTime() >= nextLook) {
                    nextLook = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsBetweenLooks);
                    MemoryResult.Sample sample = memory.look((System.nanoTime() - startNanos) / 1e9, outcomes);
                    samples.add(sample);
                    notes.println(sample);
                }
            }
        }
        return new MemoryResult(alerts, outcomes, (lastOutcome - startNanos) / 1e9, samples);
    }
}
