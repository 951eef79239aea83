package dev.stampede.streaming.scoring;

import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.stamp.StampQuality;
import dev.stampede.streaming.observe.Stage;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.DeadLetter;
import dev.stampede.streaming.packet.Packet;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * From the values of a batch to their outcomes, with the same models for all: decodes each, scores all stamps at once.
 * One instance a thread.
 */
final class AlertScorer implements PollScorer {
    /** What is measured where no stamp could be put together. */
    private static final StampQuality NOT_MEASURED =
            new StampQuality(Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN);

    private final AlertDecoder decoder;
    private final ModelIdentity model;
    private final StampScorer scorer;
    private final Optional<ShadowScorer> shadow;
    private final Scoring scoring;
    private final StreamMetrics metrics;
    private final Clock clock;

    /** Opens scorers of {@code models}; the caller closes {@code decoder}. */
    AlertScorer(AlertDecoder decoder, Models models, Scoring scoring) {
        this.decoder = decoder;
        model = models.live().identity();
        scorer = models.live().newScorer();
        shadow = models.shadow().flatMap(beside -> ShadowScorer.open(beside, scoring));
        this.scoring = scoring;
        this.metrics = scoring.metrics();
        this.clock = scoring.clock();
    }

    /**
     * One outcome for each value, in order; a value may be null. Throws only what the engine throws, or {@link
     * dev.stampede.streaming.schemasource.SchemasUnavailableException}: neither says anything about an alert.
     */
    @Override
    public List<Outcome> score(List<byte[]> values) {
        long start = System.nanoTime();
        List<Packet> packets = new ArrayList<>(values.size());
        List<Stamp> stamps = new ArrayList<>(values.size());
        for (byte[] value : values) {
            Packet packet = decoder.decode(value);
            packets.add(packet);
            if (packet instanceof Alert alert) {
                alert.stamp().ifPresent(stamps::add);
            }
        }
        long decoded = System.nanoTime();
        List<Judgement> judgements = stamps.isEmpty() ? List.of() : scorer.score(stamps);
        if (judgements.size() != stamps.size()) {
            throw new IllegalStateException(
                    "the scorer gave " + judgements.size() + " judgements for " + stamps.size() + " stamps");
        }
        metrics.tookNanos(Stage.DECODE, decoded - start);
        if (!stamps.isEmpty()) {
            time(System.nanoTime() - decoded);
        }
        List<Outcome> outcomes = outcomes(packets, judgements.iterator());
        if (shadow.isPresent() && !stamps.isEmpty()) {
            addShadow(outcomes, shadow.get(), stamps);
        }
        scoring.seen(outcomes);
        return outcomes;
    }

    /** Books the time of a scoring: all of it for the model where the scorer cannot tell. */
    private void time(long scoringNanos) {
        long modelNanos = scorer.modelNanos() < 0 ? scoringNanos : Math.min(scorer.modelNanos(), scoringNanos);
        metrics.tookNanos(Stage.NORMALISE, scoringNanos - modelNanos);
        metrics.tookNanos(Stage.SCORE, modelNanos);
    }

    private List<Outcome> outcomes(List<Packet> packets, Iterator<Judgement> judgements) {
        Instant now = clock.instant();
        String provider = scorer.executionProvider();
        List<Outcome> outcomes = new ArrayList<>(packets.size());
        for (Packet packet : packets) {
            if (packet instanceof Alert alert) {
                Judgement judgement = alert.stamp().isPresent()
                        ? judgements.next()
                        : new Judgement.Abstained(Abstention.CHANNEL_MISSING, NOT_MEASURED);
                outcomes.add(new Outcome.Judged(alert, judgement, model, now, provider));
            } else if (packet instanceof DeadLetter deadLetter) {
                outcomes.add(new Outcome.Refused(deadLetter));
            }
        }
        return outcomes;
    }

    /** Puts what the shadow says on the outcomes that have a stamp, as far as it came. */
    private void addShadow(List<Outcome> outcomes, ShadowScorer beside, List<Stamp> stamps) {
        Iterator<Judgement> judgements = beside.score(stamps).iterator();
        Instant now = clock.instant();
        for (int i = 0; i < outcomes.size() && judgements.hasNext(); i++) {
            if (outcomes.get(i) instanceof Outcome.Judged judged
                    && judged.alert().stamp().isPresent()) {
                outcomes.set(
                        i,
                        judged.beside(new Outcome.Judged(
                                judged.alert(),
                                judgements.next(),
                                beside.identity(),
                                now,
                                beside.executionProvider())));
            }
        }
    }

    @Override
    public void close() {
        shadow.ifPresent(ShadowScorer::close);
        scorer.close();
    }
}
