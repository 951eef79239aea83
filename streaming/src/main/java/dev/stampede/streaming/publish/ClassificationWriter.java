package dev.stampede.streaming.publish;

import dev.stampede.schemas.AbstentionReason;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.StampQuality;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes what a model says of an alert as a {@link Classification}. */
public final class ClassificationWriter {
    private ClassificationWriter() {}

    /**
     * The value of the record for {@code judged}.
     *
     * @param ingestMillis the timestamp of the alert's record, milliseconds since 1970, UTC
     */
    public static byte[] write(Outcome.Judged judged, long ingestMillis) {
        return SingleObject.write(classification(judged, ingestMillis));
    }

    /** What {@link #write} writes. */
    public static Classification classification(Outcome.Judged judged, long ingestMillis) {
        ModelIdentity model = judged.model();
        Alert alert = judged.alert();
        Judgement judgement = judged.judgement();
        return new Classification(
                alert.id(),
                alert.objectId().orElse(null),
                alert.survey(),
                alert.band(),
                Verdict.valueOf(judgement.verdict().name()),
                abstentionReason(judgement),
                probability(judgement),
                model.threshold(),
                model.name(),
                model.version(),
                model.sha256(),
                model.recipe(),
                judged.executionProvider(),
                alert.mjd(),
                alert.timeScale(),
                Instant.ofEpochMilli(ingestMillis),
                judged.scoredTime(),
                quality(judgement.quality()),
                Crops.of(alert, judgement, model.stampSize()),
                surveyScore(alert),
                null,
                false,
                spread(judgement));
    }

    private static @Nullable Float surveyScore(Alert alert) {
        return alert.surveyScore().isPresent() ? (float) alert.surveyScore().getAsDouble() : null;
    }

    private static @Nullable AbstentionReason abstentionReason(Judgement judgement) {
        return judgement
                .abstention()
                .map(reason -> AbstentionReason.valueOf(reason.name()))
                .orElse(null);
    }

    private static @Nullable Float probability(Judgement judgement) {
        return judgement instanceof Judgement.Scored scored ? scored.probability() : null;
    }

    private static @Nullable Float spread(Judgement judgement) {
        return judgement instanceof Judgement.Scored scored && !Float.isNaN(scored.spread()) ? scored.spread() : null;
    }

    private static StampQuality quality(dev.stampede.stamps.stamp.StampQuality measured) {
        return new StampQuality(
                measured.median(),
                measured.sigmaG(),
                measured.maskedFraction(),
                measured.peakSignalToNoise(),
                measured.centroidOffsetPixels());
    }
}
