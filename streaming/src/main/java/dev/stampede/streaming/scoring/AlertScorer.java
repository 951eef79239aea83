package dev.stampede.streaming.scoring;

import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.monitor.PipelineStage;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.AlertRecord;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Decoded;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Decodes the values of a batch and scores all their stamps at once, with one pair of models. One instance per thread. */
final class AlertScorer implements PollScorer {
    private final AlertDecoder decoder;

    private final ModelIdentity model;
    private final StampScorer scorer;
    private final Optional<ShadowScorer> shadow;
    private final OutcomeListener listener;
    private final StreamMetrics metrics;
    private final Clock clock;

    /**
     * Opens scorers of {@code pair}. The caller closes {@code decoder}.
     *
     * @param models where a shadow that fails is removed
     * @param listener sees the outcomes of every batch
     */
    AlertScorer(
            AlertDecoder decoder,
            ModelPair pair,
            ActiveModels models,
            OutcomeListener listener,
            StreamMetrics metrics,
            Clock clock) {
        this.decoder = decoder;
        this.listener = listener;
        this.metrics = metrics;
        this.clock = clock;
        model = pair.live().identity();
        scorer = pair.live().newScorer();
        shadow = pair.shadow().flatMap(opened -> ShadowScorer.open(opened, models, metrics));
    }

    /**
     * One outcome for each record, in order; its value may be null. Throws only exceptions of the engine, or {@link
     * dev.stampede.streaming.registry.SchemasUnavailableException}: neither is caused by an alert.
     */
    @Override
    public List<Outcome> scoreRecords(List<AlertRecord> values) {
        long start = System.nanoTime();
        List<Decoded> packets = new ArrayList<>(values.size());
        List<Stamp> stamps = new ArrayList<>(values.size());
        List<Integer> shape = new ArrayList<>(values.size());
        for (AlertRecord value : values) {
            List<Decoded> parts = decoder.decode(value).parts();
            shape.add(parts.size());
            for (Decoded packet : parts) {
                packets.add(packet);
                if (packet instanceof Alert alert) {
                    alert.stamp().ifPresent(stamps::add);
                }
            }
        }
        long decoded = System.nanoTime();
        List<Prediction> predictions = stamps.isEmpty() ? List.of() : scorer.score(stamps);
        if (predictions.size() != stamps.size()) {
            throw new IllegalStateException(
                    "the scorer returned " + predictions.size() + " predictions for " + stamps.size() + " stamps");
        }
        metrics.elapsedNanos(PipelineStage.DECODE, decoded - start);
        if (!stamps.isEmpty()) {
            recordScoringTime(System.nanoTime() - decoded);
        }
        List<Outcome> outcomes = outcomes(packets, predictions.iterator());
        if (shadow.isPresent() && !stamps.isEmpty()) {
            addShadow(outcomes, shadow.get(), stamps);
        }
        listener.observe(outcomes);
        return packets.size() == values.size() ? outcomes : Outcome.grouped(outcomes, shape);
    }

    /** Splits the time into normalisation and model runs; a scorer that does not measure its runs counts as model time. */
    private void recordScoringTime(long scoringNanos) {
        long modelNanos = scorer.modelNanos() < 0 ? scoringNanos : Math.min(scorer.modelNanos(), scoringNanos);
        metrics.elapsedNanos(PipelineStage.NORMALISE, scoringNanos - modelNanos);
        metrics.elapsedNanos(PipelineStage.SCORE, modelNanos);
    }

    private List<Outcome> outcomes(List<Decoded> packets, Iterator<Prediction> predictions) {
        Instant now = clock.instant();
        String provider = scorer.executionProvider();
        List<Outcome> outcomes = new ArrayList<>(packets.size());
        for (Decoded packet : packets) {
            if (packet instanceof Alert alert) {
                Prediction prediction =
                        alert.abstention().isPresent() ? alert.abstention().get() : predictions.next();
                outcomes.add(new Outcome.Classified(alert, prediction, model, now, provider));
            } else if (packet instanceof DeadLetter deadLetter) {
                outcomes.add(new Outcome.DeadLettered(deadLetter));
            }
        }
        return outcomes;
    }

    /** Adds the shadow's predictions to the outcomes with a stamp; the last ones have none if its time ran out. */
    private void addShadow(List<Outcome> outcomes, ShadowScorer scored, List<Stamp> stamps) {
        Iterator<Prediction> predictions = scored.score(stamps).iterator();
        Instant now = clock.instant();
        for (int i = 0; i < outcomes.size() && predictions.hasNext(); i++) {
            if (outcomes.get(i) instanceof Outcome.Classified classified
                    && classified.alert().stamp().isPresent()) {
                Outcome.Classified ofShadow = new Outcome.Classified(
                        classified.alert(), predictions.next(), scored.identity(), now, scored.executionProvider());
                outcomes.set(i, classified.withShadow(ofShadow));
            }
        }
    }

    @Override
    public void close() {
        shadow.ifPresent(ShadowScorer::close);
        scorer.close();
    }
}
