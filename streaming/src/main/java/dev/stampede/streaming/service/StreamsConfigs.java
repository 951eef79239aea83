package dev.stampede.streaming.service;

import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;

import dev.stampede.streaming.scoring.PollBatchInterceptor;
import dev.stampede.streaming.settings.ExplanationKeys;
import dev.stampede.streaming.settings.OutputKeys;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.wire.RecordFormat;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** The configurations of Kafka Streams; constants that differ from Kafka's defaults were measured. */
public final class StreamsConfigs {
    /** The additional size of a dead letter: key, headers and framing. */
    static final int DEAD_LETTER_EXTRA_BYTES = 64 << 10;

    /** An alert with one coadd of 21x21 pixels has 1.9 KB. */
    private static final int TYPICAL_ALERT_BYTES = 2048;

    private static final int PARTITION_FETCH_BYTES = 8 << 20;

    /** Kafka's default of 16 KB reduces throughput to a third. */
    private static final int PRODUCER_BATCH_BYTES = 256 << 10;

    /** The operating system adapts the buffers of sockets to the connection (docs/lab/2026-11-30-throughput.md). */
    private static final int ADAPTIVE_BUFFER = -1;

    /** The default of Kafka Streams is 100 ms, which would be most of the latency. */
    private static final int LINGER_MILLIS = 5;

    /** Each container file repeats the schema, which is nine tenths of it; the cheapest codec removes nearly all of that. */
    private static final String CONTAINER_COMPRESSION = "lz4";

    /** The delay of a verdict for a read_committed consumer. */
    private static final int COMMIT_MILLIS = 100;

    /** Two batches of an explainer: a poll is short even if maps are slow. */
    private static final int EXPLANATION_POLL_RECORDS = 32;

    /** Latency matters less for maps; fewer commits leave more CPU time for verdicts. */
    private static final int EXPLANATION_COMMIT_MILLIS = 500;

    private StreamsConfigs() {}

    /** The configuration of the stream; settings that are passed through take precedence. */
    public static Properties of(StreamSettings settings) {
        int maxAlerts = settings.get(StreamKeys.BATCH_MAX_ALERTS);
        int maxWaitMillis =
                Math.toIntExact(settings.get(StreamKeys.BATCH_MAX_WAIT).toMillis());
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.get(StreamKeys.APPLICATION_ID));
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, settings.get(StreamKeys.PROCESSING_GUARANTEE));
        config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, settings.get(StreamKeys.GROUP_PROTOCOL));
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.get(StreamKeys.THREADS));
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        config.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, maxAlerts);
        // A failing scorer must stop the stream: a handler that continues would turn valid alerts into dead letters.
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        // Only the main consumer reads alerts; restore and global consumers do not.
        config.put(mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG), PollBatchInterceptor.class.getName());
        config.put(mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), maxAlerts);
        config.put(
                mainConsumerPrefix(ConsumerConfig.METADATA_MAX_AGE_CONFIG),
                Math.toIntExact(settings.get(StreamKeys.TOPIC_DISCOVERY).toMillis()));
        config.put(mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), PARTITION_FETCH_BYTES);
        config.put(mainConsumerPrefix(ConsumerConfig.RECEIVE_BUFFER_CONFIG), ADAPTIVE_BUFFER);
        config.put(producerPrefix(ProducerConfig.SEND_BUFFER_CONFIG), ADAPTIVE_BUFFER);
        if (maxWaitMillis > 0) {
            // The broker responds when so many bytes are available or the wait is over, so it forms full batches.
            config.put(mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), (int)
                    Math.min(PARTITION_FETCH_BYTES, (long) maxAlerts * TYPICAL_ALERT_BYTES));
            config.put(mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), maxWaitMillis);
        }
        config.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), PRODUCER_BATCH_BYTES);
        config.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
        if (settings.get(OutputKeys.FORMAT) == RecordFormat.OCF) {
            config.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), CONTAINER_COMPRESSION);
        }
        config.put(
                producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                Math.max(PARTITION_FETCH_BYTES, settings.get(StreamKeys.ALERT_MAX_BYTES)) + DEAD_LETTER_EXTRA_BYTES);
        config.putAll(settings.clientConfig());
        config.putAll(settings.prefixedClientConfig());
        return config;
    }

    /** The consumer group of the explanations. */
    static String explanationsId(StreamSettings settings) {
        return settings.get(StreamKeys.APPLICATION_ID) + "-explanations";
    }

    /** The configuration of the Kafka Streams instance for explanations. */
    public static Properties ofExplanations(StreamSettings settings) {
        Properties config = of(settings);
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, explanationsId(settings));
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, (int) Math.ceil(settings.get(ExplanationKeys.MAX_CORES)));
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, EXPLANATION_COMMIT_MILLIS);
        config.put(mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), EXPLANATION_POLL_RECORDS);
        config.put(mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 1);
        return config;
    }
}
