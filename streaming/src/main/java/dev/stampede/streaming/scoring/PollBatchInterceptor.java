package dev.stampede.streaming.scoring;

import dev.stampede.streaming.kafka.AlertRecords;
import dev.stampede.streaming.packet.AlertRecord;
import dev.stampede.streaming.registry.SchemasUnavailableException;
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
 * Scores every poll as one batch and attaches each outcome to its record. Kafka creates one instance per stream thread and
 * calls it on that thread. It keeps no records: an outcome lives as long as its record.
 */
public final class PollBatchInterceptor implements ConsumerInterceptor<byte[], byte[]> {
    /** Key of the consumer configuration that holds the {@link PollScorerFactory}. */
    public static final String SCORING = "stampede.scoring";

    private static final Logger LOG = LoggerFactory.getLogger(PollBatchInterceptor.class);

    private @Nullable PollScorerFactory scoring;
    private @Nullable PollScorer scorer;

    @Override
    public void configure(Map<String, ?> settings) {
        if (!(settings.get(SCORING) instanceof PollScorerFactory given)) {
            throw new IllegalStateException("the consumer setting " + SCORING + " is no PollScorerFactory");
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
                // Independent of batching: the processor retries, and its exception stops the stream.
                LOG.atWarn()
                        .setCause(e)
                        .addKeyValue("records", records.count())
                        .log("Schema registry unavailable; retrying");
            } catch (RuntimeException e) {
                // Kafka would only log it. The processor scores records without an outcome and counts them.
                if (scoring.batchFailed(e)) {
                    LOG.atWarn()
                            .setCause(e)
                            .addKeyValue("records", records.count())
                            .log("Scoring a poll as a batch failed; scoring its records one by one");
                }
            }
        }
        return records;
    }

    private static void score(ConsumerRecords<byte[], byte[]> records, PollScorerFactory scoring, PollScorer scorer) {
        List<AlertRecord> values = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            values.add(AlertRecords.of(record));
        }
        List<Outcome> outcomes = scorer.scoreRecords(values);
        Poll poll = new Poll(records.count());
        int i = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            OutcomeHeader.attach(record.headers(), outcomes.get(i++), poll);
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
