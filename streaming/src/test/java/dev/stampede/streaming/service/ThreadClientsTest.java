package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.topology.VerdictTopology;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ThreadClientsTest {
    private static final int MINUTE_MILLIS = 60_000;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
        broker.createTopics(1, TopicNames.DEFAULT.all());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void aThreadSendsAtOnceWhatItsProducerHoldsForLargerBatches() throws Exception {
        ThreadClients clients = new ThreadClients();
        String thread = Thread.currentThread().getName();
        try (Producer<byte[], byte[]> producer = clients.getProducer(Map.of(
                "bootstrap.servers",
                broker.address(),
                "client.id",
                thread + "-producer",
                "linger.ms",
                MINUTE_MILLIS,
                "delivery.timeout.ms",
                2 * MINUTE_MILLIS))) {
            Future<RecordMetadata> stored =
                    producer.send(new ProducerRecord<>(TopicNames.DEFAULT.classifications(), new byte[1]));
            clients.send();

            assertThat(stored.get(20, TimeUnit.SECONDS).offset()).isZero();
        }
    }

    /** The producer of a thread is found by this name. */
    @Test
    void kafkaStreamsNamesAProducerAfterItsThread() {
        StreamSettings settings = StreamSettings.of(
                Map.of("bootstrap.servers", broker.address(), "processing.guarantee", StreamsConfig.AT_LEAST_ONCE));
        AlertScorerFactory scoring =
                new AlertScorerFactory(new FirstPixelModel(), 100_000, new StreamMetrics(), Clock.systemUTC());
        Properties config = StreamsConfigs.of(settings);
        config.put("main.consumer.interceptor.classes", List.of());
        try (KafkaStreams streams =
                new KafkaStreams(VerdictTopology.of(TopicNames.DEFAULT, scoring), config, new ThreadClients())) {
            assertThat(streams.metadataForLocalThreads())
                    .isNotEmpty()
                    .allSatisfy(thread ->
                            assertThat(thread.producerClientIds()).containsExactly(thread.threadName() + "-producer"));
        }
    }
}
