package dev.stampede.streaming.topology;

import dev.stampede.streaming.observe.Condition;
import dev.stampede.streaming.scoring.BatchScoring;
import dev.stampede.streaming.scoring.Explaining;
import dev.stampede.streaming.scoring.RequestScoring;
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
 * What makes explanations beside a stream: a Kafka Streams of its own, so that no verdict shares a thread, a poll or a
 * transaction with a map. Where it fails, verdicts go on, requests wait in their topic, and readiness says so.
 * Thread-safe.
 */
final class ExplanationStream {
    private static final Logger LOG = LoggerFactory.getLogger(ExplanationStream.class);

    private final KafkaStreams streams;
    private final RequestScoring scoring;
    private final Rights rights;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private ExplanationStream(KafkaStreams streams, RequestScoring scoring, Rights rights) {
        this.streams = streams;
        this.scoring = scoring;
        this.rights = rights;
    }

    /** One that is ready to {@link #begin}; throws KafkaException if Kafka does not take a setting. */
    static ExplanationStream of(StreamSettings settings, Explaining explaining) {
        RequestScoring scoring = new RequestScoring(explaining);
        Properties config = settings.explanationStreamsConfig();
        config.put(StreamsConfig.mainConsumerPrefix(BatchScoring.SCORING), scoring);
        KafkaStreams streams = new KafkaStreams(ExplanationTopology.of(settings.topics(), scoring), config);
        ExplanationStream stream = new ExplanationStream(streams, scoring, settings.rights());
        streams.setUncaughtExceptionHandler(stream::stopFor);
        return stream;
    }

    private StreamThreadExceptionResponse stopFor(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            LOG.error("Explanations stop until the next start; verdicts go on: {}", words(cause), cause);
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private String words(Throwable cause) {
        return rights.lackedBy(cause).orElseGet(() -> String.valueOf(cause.getMessage()));
    }

    void begin() {
        streams.start();
    }

    /** For what Kafka measures of it. */
    KafkaStreams streams() {
        return streams;
    }

    /** Whether explanations come. */
    Condition readiness() {
        Throwable cause = failure.get();
        if (cause != null) {
            return new Condition("explanations", false, "stopped: " + words(cause));
        }
        return scoring.batchFailure()
                .map(failed -> new Condition(
                        "explanations", false, "a poll could not be explained as a batch: " + failed.getMessage()))
                .orElseGet(() -> {
                    KafkaStreams.State state = streams.state();
                    return new Condition(
                            "explanations", state == KafkaStreams.State.RUNNING, StampedeStream.words(state));
                });
    }

    /** Finishes what is under way and answers whether that was soon enough. */
    boolean close(CloseOptions options) {
        return streams.close(options);
    }
}
