package dev.stampede.streaming.explain;

import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.publish.OutputRecords;
import dev.stampede.streaming.scoring.PollBatchInterceptor;
import dev.stampede.streaming.settings.TopicNames;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes explanations in a separate Kafka Streams instance, so that no verdict shares a thread, a poll or a transaction
 * with a map. If it fails, verdicts continue, requests wait in their topic, and readiness reports it. Thread-safe.
 */
public final class ExplanationStream {
    private static final Logger LOG = LoggerFactory.getLogger(ExplanationStream.class);

    private final KafkaStreams streams;
    private final RequestExplainerFactory factory;
    private final AccessRights rights;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private ExplanationStream(KafkaStreams streams, RequestExplainerFactory factory, AccessRights rights) {
        this.streams = streams;
        this.factory = factory;
        this.rights = rights;
    }

    /**
     * A stream that is ready to {@link #begin}; throws KafkaException if Kafka rejects a setting.
     *
     * @param config the configuration of Kafka Streams
     * @param output how requests and explanations are written
     * @param rights describe a missing right in messages
     */
    public static ExplanationStream of(
            Properties config,
            TopicNames topics,
            StampExplainerFactory explainers,
            OutputRecords output,
            AccessRights rights) {
        RequestExplainerFactory factory = new RequestExplainerFactory(explainers, output);
        config.put(StreamsConfig.mainConsumerPrefix(PollBatchInterceptor.SCORING), factory);
        KafkaStreams streams = new KafkaStreams(ExplanationTopology.of(topics, factory), config);
        ExplanationStream stream = new ExplanationStream(streams, factory, rights);
        streams.setUncaughtExceptionHandler(stream::stopFor);
        return stream;
    }

    private StreamThreadExceptionResponse stopFor(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("reason", describe(cause))
                    .log("Explanations stopped until the next start; verdicts continue");
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private String describe(Throwable cause) {
        return rights.missingFrom(cause).orElseGet(() -> String.valueOf(cause.getMessage()));
    }

    public void begin() {
        streams.start();
    }

    /** The Kafka Streams instance, for its metrics. */
    public KafkaStreams streams() {
        return streams;
    }

    /** Whether explanations are computed. */
    public HealthCheck readiness() {
        Throwable cause = failure.get();
        if (cause != null) {
            return new HealthCheck("explanations", false, "stopped: " + describe(cause));
        }
        return factory.batchFailure()
                .map(failed -> new HealthCheck(
                        "explanations", false, "a poll could not be explained as a batch: " + failed.getMessage()))
                .orElseGet(() -> HealthCheck.ofState("explanations", streams.state()));
    }

    /** Finishes polls in progress; returns whether that took no longer than the timeout of {@code options}. */
    public boolean close(CloseOptions options) {
        return streams.close(options);
    }
}
