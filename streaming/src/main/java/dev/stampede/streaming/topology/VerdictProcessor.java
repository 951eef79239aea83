package dev.stampede.streaming.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.Classification;
import dev.stampede.stamps.explain.OcclusionMap;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.observe.ObservationTime;
import dev.stampede.streaming.observe.ReleaseMetrics;
import dev.stampede.streaming.observe.Stage;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.publish.ClassificationWriter;
import dev.stampede.streaming.publish.DeadLetterHeaders;
import dev.stampede.streaming.publish.ExplanationWriter;
import dev.stampede.streaming.scoring.Explaining;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.OutcomeHeader;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.Scoring;
import java.time.Clock;
import java.util.Collections;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends the outcome that rides on each record to its topic; a record that carries none is scored here, alone. Holds
 * nothing once {@link #process} has returned. An exception of the scorer leaves {@link #process} and stops the stream:
 * it says nothing about the alert.
 */
final class VerdictProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final Scoring scoring;
    private final StreamMetrics metrics;
    private final Clock clock;
    private final Optional<Explaining> explaining;
    private final Optional<ExplanationWriter> maps;
    private final DeadLetterLog log;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable PollScorer single;

    VerdictProcessor(Scoring scoring, DeadLetterLog log) {
        this.log = log;
        this.scoring = scoring;
        this.metrics = scoring.metrics();
        this.clock = scoring.clock();
        this.explaining = scoring.explaining();
        this.maps = explaining.map(ExplanationWriter::new);
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
        Outcome outcome = OutcomeHeader.outcomeOn(record.headers()).orElseGet(() -> scoreAlone(record.value()));
        long nowMillis = clock.millis();
        if (outcome instanceof Outcome.Judged judged) {
            publish(context, record, judged);
            Alert alert = judged.alert();
            metrics.observedBefore(ObservationTime.secondsSince(alert.mjd(), alert.timeScale(), nowMillis));
        } else if (outcome instanceof Outcome.Refused refused) {
            bury(context, record, refused.deadLetter());
        }
        metrics.endToEndMillis(nowMillis - record.timestamp());
    }

    private Outcome scoreAlone(byte[] value) {
        metrics.unbatched();
        if (single == null) {
            single = scoring.newScorer();
        }
        return single.score(Collections.singletonList(value)).get(0); // List.of would refuse a null value
    }

    private void publish(ProcessorContext<byte[], byte[]> to, Record<byte[], byte[]> record, Outcome.Judged judged) {
        long start = System.nanoTime();
        byte[] key = judged.alert().id().getBytes(UTF_8);
        Classification verdict = explained(ClassificationWriter.classification(judged, record.timestamp()), judged);
        to.forward(
                new Record<>(key, SingleObject.write(verdict), record.timestamp(), new RecordHeaders()),
                VerdictTopology.CLASSIFICATIONS);
        if (explaining.isPresent() && explaining.get().asksLater(judged)) {
            byte[] request = maps.orElseThrow()
                    .request(
                            verdict,
                            judged.alert().stamp().orElseThrow(),
                            judged.model().stampSize());
            to.forward(
                    new Record<>(key, request, record.timestamp(), new RecordHeaders()),
                    VerdictTopology.EXPLANATION_REQUESTS);
        }
        if (judged.shadow().isPresent()) {
            publishShadow(to, key, record.timestamp(), judged, judged.shadow().get());
        }
        Judgement judgement = judged.judgement();
        metrics.classified(judgement.verdict());
        if (judgement instanceof Judgement.Scored scored) {
            metrics.scored(scored.probability());
        }
        judgement.abstention().ifPresent(metrics::abstained);
        metrics.tookNanos(Stage.PUBLISH, System.nanoTime() - start);
    }

    private void publishShadow(
            ProcessorContext<byte[], byte[]> to,
            byte[] key,
            long ingestMillis,
            Outcome.Judged judged,
            Outcome.Judged shadow) {
        byte[] value = ClassificationWriter.write(shadow, ingestMillis);
        to.forward(new Record<>(key, value, ingestMillis, new RecordHeaders()), VerdictTopology.SHADOW_CLASSIFICATIONS);
        ReleaseMetrics counters = metrics.releases();
        counters.shadowJudged(shadow.judgement().verdict() == judged.judgement().verdict());
        if (judged.judgement() instanceof Judgement.Scored live
                && shadow.judgement() instanceof Judgement.Scored beside) {
            counters.shadowDiffers(beside.probability() - live.probability());
        }
    }

    /** The verdict with its map, where that goes out with it. */
    private Classification explained(Classification verdict, Outcome.Judged judged) {
        if (judged.map().isEmpty() || explaining.isEmpty()) {
            return verdict;
        }
        OcclusionMap map = judged.map().get();
        explaining.get().published(judged.judgement().verdict() == Verdict.REAL, map);
        return maps.orElseThrow().explained(verdict, map);
    }

    private void bury(ProcessorContext<byte[], byte[]> to, Record<byte[], byte[]> record, DeadLetter deadLetter) {
        Optional<RecordMetadata> origin = to.recordMetadata();
        String topic = origin.map(RecordMetadata::topic).orElse("");
        int partition = origin.map(RecordMetadata::partition).orElse(-1);
        long offset = origin.map(RecordMetadata::offset).orElse(-1L);
        to.forward(
                record.withHeaders(DeadLetterHeaders.of(record.headers(), deadLetter, topic, partition, offset)),
                VerdictTopology.DEAD_LETTERS);
        log.add(deadLetter, topic + "-" + partition + "@" + offset, clock.millis());
        metrics.refused(deadLetter.error());
    }

    @Override
    public void close() {
        if (single != null) {
            single.close();
            single = null;
        }
    }
}
