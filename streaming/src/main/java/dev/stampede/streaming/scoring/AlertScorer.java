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
    private final StreamMetrics metrics;
    private final Clock clock;

    AlertScorer(AlertDecoder decoder, StampScorer scorer, StreamMetrics metrics, Clock clock) {
        this.decoder = decoder;
        this.scorer = scorer;
        this.metrics = metrics;
        this.clock = clock;
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
        metrics.tookNanos(Stage.SCORE, System.nanoTime() - decoded);
        return outcomes(packets, judgements.iterator());
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
