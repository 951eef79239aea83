package dev.stampede.benchmarks.stream;

import dev.stampede.streaming.service.StreamsConfigs;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
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
            StreamSettings settings,
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
        Properties config = StreamsConfigs.of(settings);
        config.remove(StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG));
        streams = new KafkaStreams(topology, config);
        streams.start();
    }

    @Override
    public void close() {
        streams.close(Duration.ofSeconds(20));
    }
}
