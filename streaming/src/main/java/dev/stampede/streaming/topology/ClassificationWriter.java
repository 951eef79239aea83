package dev.stampede.streaming.topology;

import dev.stampede.schemas.AbstentionReason;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.StampQuality;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.scoring.CropDescription;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.survey.KnownObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the result for an alert as a {@link Classification}. */
public final class ClassificationWriter {
    private ClassificationWriter() {}

    /**
     * The published record of {@code classified}.
     *
     * @param ingestMillis the timestamp of the alert's record, milliseconds since 1970, UTC
     */
    public static Classification classification(Outcome.Classified classified, long ingestMillis) {
        ModelIdentity model = classified.model();
        Alert alert = classified.alert();
        Prediction prediction = classified.prediction();
        Optional<KnownObject> known = alert.knownObject();
        return Classification.newBuilder()
                .setAlertId(alert.id())
                .setObjectId(alert.objectId().orElse(null))
                .setSurvey(alert.survey())
                .setBand(alert.band())
                .setVerdict(verdict(prediction))
                .setAbstentionReason(abstentionReason(prediction))
                .setAbstentionDetail(abstentionDetail(prediction))
                .setProbability(probability(prediction))
                .setThreshold(model.threshold())
                .setModelName(model.name())
                .setModelVersion(model.version())
                .setModelSha256(model.sha256())
                .setRecipe(model.recipe())
                .setExecutionProvider(classified.executionProvider())
                .setMjd(alert.mjd().isPresent() ? alert.mjd().getAsDouble() : null)
                .setTimeScale(alert.timeScale())
                .setIngestTime(Instant.ofEpochMilli(ingestMillis))
                .setScoredTime(classified.scoredTime())
                .setQuality(quality(prediction.quality()))
                .setCrop(CropDescription.of(alert, prediction, model.stampSize()))
                .setSurveyScore(surveyScore(alert))
                .setOcclusionMap(null)
                .setJudgedOnBackground(false)
                .setProbabilitySpread(spread(prediction))
                .setNegated(alert.negated())
                .setSsObjectId(known.flatMap(KnownObject::id).orElse(null))
                .setKnownObjectName(known.flatMap(KnownObject::name).orElse(null))
                .setKnownObjectDistanceArcsec(
                        known.map(ClassificationWriter::distance).orElse(null))
                .setMatchesKnownObject(known.map(KnownObject::isMatch).orElse(false))
                .build();
    }

    private static Verdict verdict(Prediction prediction) {
        return switch (prediction.verdict()) {
            case REAL -> Verdict.REAL;
            case BOGUS -> Verdict.BOGUS;
            case ABSTAIN -> Verdict.ABSTAIN;
        };
    }

    private static @Nullable Double distance(KnownObject known) {
        return known.distanceArcsec().isPresent() ? known.distanceArcsec().getAsDouble() : null;
    }

    private static @Nullable Float surveyScore(Alert alert) {
        return alert.surveyScore().isPresent() ? (float) alert.surveyScore().getAsDouble() : null;
    }

    private static @Nullable AbstentionReason abstentionReason(Prediction prediction) {
        return prediction
                .abstention()
                .map(reason -> AbstentionReason.valueOf(reason.name()))
                .orElse(null);
    }

    private static @Nullable String abstentionDetail(Prediction prediction) {
        return prediction instanceof Prediction.Abstained abstained
                        && !abstained.detail().isEmpty()
                ? abstained.detail()
                : null;
    }

    private static @Nullable Float probability(Prediction prediction) {
        return prediction instanceof Prediction.Scored scored ? scored.probability() : null;
    }

    private static @Nullable Float spread(Prediction prediction) {
        return prediction instanceof Prediction.Scored scored && !Float.isNaN(scored.spread()) ? scored.spread() : null;
    }

    private static StampQuality quality(PixelQuality measured) {
        return new StampQuality(
                measured.median(),
                measured.sigmaG(),
                measured.maskedFraction(),
                measured.peakSignalToNoise(),
                measured.centroidOffsetPixels());
    }
}
