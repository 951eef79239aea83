package dev.stampede.benchmarks.bench;

import dev.stampede.streaming.topology.Topics;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka Streams application that is not ours, with the clients set as ours are: so what differs in rate is what it
 * does with a record.
 */
final class PlainStreams implements AutoCloseable {
    private static final String SOURCE = "source";
    private static final String WORK = "work";

    private final KafkaStreams streams;

    private PlainStreams(KafkaStreams streams) {
        this.streams = streams;
    }

    /** Copies the alerts of the stream as they are. */
    static PlainStreams passthrough(String brokers, String group, String guarantee, int threads) {
        return start(brokers, group, guarantee, threads, Topics.DEFAULT.alerts(), null);
    }

    /** Sends each alert of the topic {@code alerts} through {@code work}. */
    static PlainStreams processing(
            String brokers,
            String group,
            String guarantee,
            int threads,
            String alerts,
            ProcessorSupplier<byte[], byte[], byte[], byte[]> work) {
        return start(brokers, group, guarantee, threads, alerts, work);
    }

    private static PlainStreams start(
            String brokers,
            String group,
            String guarantee,
            int threads,
            String alerts,
            @Nullable ProcessorSupplier<byte[], byte[], byte[], byte[]> work) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Topology topology =
                new Topology().addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), alerts);
        if (work != null) {
            topology.addProcessor(WORK, work, SOURCE);
        }
        topology.addSink("sink", Topics.DEFAULT.classifications(), bytes, bytes, work == null ? SOURCE : WORK);
        KafkaStreams streams = new KafkaStreams(topology, config(brokers, group, guarantee, threads));
        streams.start();
        return new PlainStreams(streams);
    }

    private static Properties config(String brokers, String group, String guarantee, int threads) {
        Properties config = new Properties();
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        config.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 2000);
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2000);
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 8 << 20);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 << 10);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        return config;
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(20));
    }
}
