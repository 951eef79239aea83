package dev.stampede.streaming.topology;

import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;

import dev.stampede.streaming.scoring.BatchScoring;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** How we set Kafka Streams up where its own defaults are made for other loads; the figures were measured. */
final class StreamsChoices {
    /** Records of one poll, and so the largest batch: some milliseconds of scoring. */
    private static final int POLL_RECORDS = 2000;

    private static final int PARTITION_FETCH_BYTES = 8 << 20;

    /** 16 KB, Kafka's own, costs a factor of three. */
    private static final int PRODUCER_BATCH_BYTES = 256 << 10;

    /** Streams waits 100 ms by default, which is most of the latency. */
    private static final int LINGER_MILLIS = 5;

    /** A read_committed reader waits this long for a verdict. */
    private static final int COMMIT_MILLIS = 100;

    /** What a dead letter has more than its value: key, headers, framing. */
    private static final int DEAD_LETTER_EXTRA_BYTES = 64 << 10;

    private StreamsChoices() {}

    static Properties forAlertsUpTo(int maxAlertBytes) {
        Properties streams = new Properties();
        streams.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        streams.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, POLL_RECORDS);
        // A failing scorer must stop the stream: a handler that goes on would make dead letters of good alerts.
        streams.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        // Only the main consumer: restore and global consumers read no alerts.
        streams.put(mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG), BatchScoring.class.getName());
        streams.put(mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLL_RECORDS);
        streams.put(mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), PARTITION_FETCH_BYTES);
        streams.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH_BYTES);
        streams.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
        streams.put(
                producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                Math.max(PARTITION_FETCH_BYTES, maxAlertBytes) + DEAD_LETTER_EXTRA_BYTES);
        return streams;
    }
}
