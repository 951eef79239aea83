package dev.stampede.benchmarks.stream;

import dev.stampede.streaming.settings.TopicNames;
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

/** Another Kafka Streams application whose clients have the settings of the stream, so that only its work differs. */
final class PlainStreams implements AutoCloseable {
    private static final String SOURCE = "source";
    private static final String PROCESSOR = "processor";

    private final KafkaStreams streams;

    /** Starts an application that sends each alert of a topic through {@code processor}, or copies it without one. */
    PlainStreams(
            String brokers,
            String group,
            String guarantee,
            int threads,
            String topic,
            @Nullable ProcessorSupplier<byte[], byte[], byte[], byte[]> processor) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Topology topology =
                new Topology().addSource(SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
        if (processor != null) {
            topology.addProcessor(PROCESSOR, processor, SOURCE);
        }
        String parent = processor == null ? SOURCE : PROCESSOR;
        topology.addSink("sink", TopicNames.DEFAULT.classifications(), bytes, bytes, parent);
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
        streams = new KafkaStreams(topology, config);
        streams.start();
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(20));
    }
}
