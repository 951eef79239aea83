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
    /** An alert with one 21x21 coadd has 1.9 KB. */
    private static final int TYPICAL_ALERT_BYTES = 2048;

    private static final int PARTITION_FETCH_BYTES = 8 << 20;

    /** 16 KB, Kafka's own, costs a factor of three. */
    private static final int PRODUCER_BATCH_BYTES = 256 << 10;

    /** Streams waits 100 ms by default, which is most of the latency. */
    private static final int LINGER_MILLIS = 5;

    /** A read_committed reader waits this long for a verdict. */
    private static final int COMMIT_MILLIS = 100;

    /** Two rounds of an explainer: a poll is over within a moment, also where a map takes long. */
    private static final int EXPLANATION_POLL = 32;

    /** Nobody waits for a map as for a verdict; rarer commits leave more of the machine to verdicts. */
    private static final int EXPLANATION_COMMIT_MILLIS = 500;

    private StreamsChoices() {}

    static Properties of(StreamSettings settings) {
        Properties streams = new Properties();
        streams.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        streams.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, settings.maxBatch());
        // A failing scorer must stop the stream: a handler that goes on would make dead letters of good alerts.
        streams.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        // Only the main consumer: restore and global consumers read no alerts.
        streams.put(mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG), BatchScoring.class.getName());
        streams.put(mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), settings.maxBatch());
        streams.put(mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), PARTITION_FETCH_BYTES);
        if (settings.maxWaitMillis() > 0) {
            // The broker answers once so much is there, or when the wait is over: a full batch, without code of ours.
            streams.put(mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), (int)
                    Math.min(PARTITION_FETCH_BYTES, (long) settings.maxBatch() * TYPICAL_ALERT_BYTES));
            streams.put(mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), settings.maxWaitMillis());
        }
        streams.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH_BYTES);
        streams.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
        streams.put(
                producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                Math.max(PARTITION_FETCH_BYTES, settings.maxAlertBytes()) + TopicCheck.DEAD_LETTER_EXTRA_BYTES);
        return streams;
    }

    /** Names the consumer group of explanations. */
    static String explanationsId(StreamSettings settings) {
        return settings.applicationId() + "-explanations";
    }

    /** What differs for the Kafka Streams that makes explanations. */
    static Properties ofExplanations(StreamSettings settings) {
        Properties streams = new Properties();
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, explanationsId(settings));
        streams.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, (int)
                Math.ceil(settings.explanations().cores()));
        streams.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, EXPLANATION_COMMIT_MILLIS);
        streams.put(mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), EXPLANATION_POLL);
        streams.put(mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 1);
        return streams;
    }
}
