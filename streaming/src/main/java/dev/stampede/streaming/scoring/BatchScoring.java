package dev.stampede.streaming.scoring;

import dev.stampede.streaming.schemasource.SchemasUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores every poll as one batch and attaches each outcome to its record. Kafka makes one instance per stream thread
 * and calls it on that thread. It keeps no record: an outcome lives and dies with the record it rides on.
 */
public final class BatchScoring implements ConsumerInterceptor<byte[], byte[]> {
    /** The key of the consumer's configuration under which this class finds its {@link PollScoring}. */
    public static final String SCORING = "stampede.scoring";

    private static final Logger LOG = LoggerFactory.getLogger(BatchScoring.class);

    private @Nullable PollScoring scoring;
    private @Nullable PollScorer scorer;

    @Override
    public void configure(Map<String, ?> settings) {
        if (!(settings.get(SCORING) instanceof PollScoring given)) {
            throw new IllegalStateException("the consumer's setting " + SCORING + " holds no PollScoring");
        }
        scoring = given;
        scorer = given.newScorer();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (scoring == null || scorer == null) {
            throw new IllegalStateException("not configured");
        }
        if (!records.isEmpty()) {
            try {
                score(records, scoring, scorer);
            } catch (SchemasUnavailableException e) {
                // No fault of batching: the processor asks once more, and what it throws stops the stream.
                LOG.warn("A poll waited for its schemas in vain", e);
            } catch (RuntimeException e) {
                // Kafka would swallow it. The processor scores what comes without an outcome, and counts it.
                if (scoring.batchFailed(e)) {
                    LOG.warn("Scoring a poll as a batch failed; its records are scored one by one", e);
                }
            }
        }
        return records;
    }

    private static void score(ConsumerRecords<byte[], byte[]> records, PollScoring scoring, PollScorer scorer) {
        List<byte[]> values = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            values.add(record.value());
        }
        List<Outcome> outcomes = scorer.score(values);
        int i = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            OutcomeHeader.attach(record.headers(), outcomes.get(i++));
        }
        scoring.batched(values.size());
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {
        if (scorer != null) {
            scorer.close();
        }
    }
}
