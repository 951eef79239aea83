package dev.stampede.streaming.topology;

import dev.stampede.schemas.Classification;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.deadletter.DeadLetterHeaders;
import dev.stampede.streaming.deadletter.DeadLetterLog;
import dev.stampede.streaming.explain.ExplanationWriter;
import dev.stampede.streaming.explain.StampExplainerFactory;
import dev.stampede.streaming.kafka.AlertRecords;
import dev.stampede.streaming.monitor.MjdTime;
import dev.stampede.streaming.monitor.PipelineStage;
import dev.stampede.streaming.monitor.ReleaseMetrics;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.publish.OutputRecords;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.OutcomeHeader;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.survey.KnownObject;
import io.prometheus.client.Counter;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends the outcome attached to each record to its topic; a record without one is scored here, by itself. Keeps no record
 * after {@link #process} has returned. An exception of the scorer is not caused by the alert: it stops the stream.
 */
final class VerdictProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final AlertScorerFactory scoring;
    private final StreamMetrics metrics;
    private final Clock clock;
    private final StampExplainerFactory explainers;
    private final OutputRecords output;
    private final ExplanationWriter explanations;
    private final DeadLetterLog log;
    private final Runnable afterSmallPoll;
    /** By topic; the partition is that of the task. */
    private final Map<String, Counter.Child> outcomes = new HashMap<>();

    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable PollScorer single;

    VerdictProcessor(
            AlertScorerFactory scoring,
            StampExplainerFactory explainers,
            OutputRecords output,
            DeadLetterLog log,
            Runnable afterSmallPoll) {
        this.log = log;
        this.afterSmallPoll = afterSmallPoll;
        this.output = output;
        this.scoring = scoring;
        this.metrics = scoring.metrics();
        this.clock = scoring.clock();
        this.explainers = explainers;
        explanations = new ExplanationWriter(explainers, output.explanationRequests());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> given) {
        context = given;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (context == null) {
            throw new IllegalStateException("process() before init()");
        }
        Outcome outcome = OutcomeHeader.outcomeOn(record.headers()).orElseGet(() -> scoreAlone(record));
        long nowMillis = clock.millis();
        for (Outcome part : outcome.parts()) {
            process(context, record, part, nowMillis);
        }
        metrics.endToEndMillis(nowMillis - record.timestamp());
        context.recordMetadata()
                .ifPresent(origin -> count(origin, outcome.parts().size()));
        if (OutcomeHeader.endsSmallPoll(record.headers())) {
            afterSmallPoll.run();
        }
    }

    /** A task processes the partitions of equal number of all input topics. */
    private void count(RecordMetadata origin, int alerts) {
        outcomes.computeIfAbsent(origin.topic(), topic -> metrics.outcomesOf(topic, origin.partition()))
                .inc(alerts);
    }

    private void process(
            ProcessorContext<byte[], byte[]> to, Record<byte[], byte[]> record, Outcome outcome, long nowMillis) {
        if (outcome instanceof Outcome.Classified classified) {
            publish(to, record, classified);
            Alert alert = classified.alert();
            alert.mjd()
                    .ifPresent(mjd -> metrics.observedBefore(MjdTime.secondsSince(mjd, alert.timeScale(), nowMillis)));
        } else if (outcome instanceof Outcome.DeadLettered undecodable) {
            deadLetter(to, record, undecodable.deadLetter());
        }
    }

    private Outcome scoreAlone(Record<byte[], byte[]> record) {
        metrics.unbatched();
        if (single == null) {
            single = scoring.newScorer();
        }
        return single.scoreRecords(List.of(AlertRecords.of(record.key(), record.value(), record.headers())))
                .get(0);
    }

    private void publish(
            ProcessorContext<byte[], byte[]> to, Record<byte[], byte[]> record, Outcome.Classified classified) {
        long start = System.nanoTime();
        Classification classification =
                withMap(ClassificationWriter.classification(classified, record.timestamp()), classified);
        Record<byte[], byte[]> published = output.classifications().of(classification, record.timestamp());
        to.forward(published, VerdictTopology.CLASSIFICATIONS);
        if (explainers.asksLater(classified)) {
            byte[] request = explanations.request(
                    classification,
                    classified.alert().stamp().orElseThrow(),
                    classified.model().stampSize());
            to.forward(
                    new Record<>(published.key(), request, record.timestamp(), new RecordHeaders()),
                    VerdictTopology.EXPLANATION_REQUESTS);
        }
        if (classified.shadow().isPresent()) {
            publishShadow(
                    to, record.timestamp(), classified, classified.shadow().get());
        }
        Prediction prediction = classified.prediction();
        metrics.classified(prediction.verdict());
        Alert alert = classified.alert();
        if (alert.knownObject().map(KnownObject::isMatch).orElse(false)) {
            metrics.knownObjects().classified(alert.survey(), alert.signalToNoise(), prediction.verdict());
        }
        if (prediction instanceof Prediction.Scored scored) {
            metrics.scored(scored.probability());
        }
        prediction.abstention().ifPresent(metrics::abstained);
        metrics.elapsedNanos(PipelineStage.PUBLISH, System.nanoTime() - start);
    }

    private void publishShadow(
            ProcessorContext<byte[], byte[]> to,
            long ingestMillis,
            Outcome.Classified classified,
            Outcome.Classified shadow) {
        Classification classification = ClassificationWriter.classification(shadow, ingestMillis);
        to.forward(
                output.shadowClassifications().of(classification, ingestMillis),
                VerdictTopology.SHADOW_CLASSIFICATIONS);
        ReleaseMetrics counters = metrics.releases();
        counters.shadowPredicted(
                shadow.prediction().verdict() == classified.prediction().verdict());
        if (classified.prediction() instanceof Prediction.Scored live
                && shadow.prediction() instanceof Prediction.Scored ofShadow) {
            counters.shadowDiffers(ofShadow.probability() - live.probability());
        }
    }

    /** The classification with its map, if that is delivered inline. */
    private Classification withMap(Classification classification, Outcome.Classified classified) {
        if (classified.map().isEmpty()) {
            return classification;
        }
        OcclusionResult map = classified.map().get();
        explainers.published(classified.prediction().verdict() == Verdict.REAL, map);
        return explanations.explained(classification, map);
    }

    private void deadLetter(ProcessorContext<byte[], byte[]> to, Record<byte[], byte[]> record, DeadLetter deadLetter) {
        Optional<RecordMetadata> origin = to.recordMetadata();
        String topic = origin.map(RecordMetadata::topic).orElse("");
        int partition = origin.map(RecordMetadata::partition).orElse(-1);
        long offset = origin.map(RecordMetadata::offset).orElse(-1L);
        byte[] value = deadLetter.alone().map(VerdictProcessor::bytes).orElse(record.value());
        to.forward(
                record.withValue(value)
                        .withHeaders(DeadLetterHeaders.of(record.headers(), deadLetter, topic, partition, offset)),
                VerdictTopology.DEAD_LETTERS);
        log.add(deadLetter, topic + "-" + partition + "@" + offset);
        metrics.deadLettered(deadLetter.error());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        log.flush();
        if (single != null) {
            single.close();
            single = null;
        }
    }
}
