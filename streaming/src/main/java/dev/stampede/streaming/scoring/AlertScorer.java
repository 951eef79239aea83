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

/** From the values of a batch to their outcomes: decodes each, scores all stamps at once. One instance a thread. */
public final class AlertScorer implements PollScorer {
    /** What is measured where no stamp could be put together. */
    private static final StampQuality NOT_MEASURED =
            new StampQuality(Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN);

    private final AlertDecoder decoder;
    private final StampScorer scorer;
    private final Scoring scoring;
    private final StreamMetrics metrics;
    private final Clock clock;

    AlertScorer(AlertDecoder decoder, StampScorer scorer, Scoring scoring) {
        this.decoder = decoder;
        this.scorer = scorer;
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
                outcomes.add(new Outcome.Judged(alert, judgement, now, provider));
            } else if (packet instanceof DeadLetter deadLetter) {
                outcomes.add(new Outcome.Refused(deadLetter));
            }
        }
        return outcomes;
    }

    @Override
    public void close() {
        decoder.close();
        scorer.close();
    }
}
