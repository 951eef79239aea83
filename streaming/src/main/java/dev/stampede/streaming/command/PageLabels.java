package dev.stampede.streaming.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.Label;
import dev.stampede.streaming.live.LabelSink;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.topology.StreamSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the labels of the live page, where it takes any, to their topic, each at once. Thread-safe. */
final class PageLabels implements AutoCloseable {
    private final Optional<KafkaProducer<byte[], byte[]>> producer;
    private final String topic;

    private PageLabels(Optional<KafkaProducer<byte[], byte[]>> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    static PageLabels of(StreamSettings settings) {
        if (!settings.pageTakesLabels()) {
            return new PageLabels(Optional.empty(), settings.labelsTopic());
        }
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new PageLabels(
                Optional.of(new KafkaProducer<>(Sender.config(settings.clientConfig()), bytes, bytes)),
                settings.labelsTopic());
    }

    /** Where labels go; empty where the page takes none. */
    Optional<LabelSink> sink() {
        return producer.map(open -> label -> put(open, label));
    }

    private void put(KafkaProducer<byte[], byte[]> open, Label label) throws IOException {
        try {
            open.send(new ProducerRecord<>(topic, label.getAlertId().getBytes(UTF_8), SingleObject.write(label)))
                    .get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("the stream stops", stopped);
        } catch (ExecutionException | KafkaException failure) {
            throw new IOException(topic + " did not take it: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        producer.ifPresent(open -> open.close(Duration.ZERO));
    }
}
