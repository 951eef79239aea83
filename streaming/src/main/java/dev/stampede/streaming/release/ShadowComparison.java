package dev.stampede.streaming.release;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.streaming.kafka.ClassificationReader;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.settings.StreamSettings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the verdicts of a shadow model with those of the live models on the same alerts. Not thread-safe. */
public final class ShadowComparison {
    private final String sha256;
    private final int maxAlerts;
    private final Map<String, Scored> shadow = new HashMap<>();
    private long compared;
    private long agreeing;
    private long realByLive;
    private long realByShadow;
    private double differences;
    private long scoredByBoth;

    private record Scored(Verdict verdict, @Nullable Float probability) {}

    /**
     * The counts of a comparison.
     *
     * @param shadowSha256 the file of the shadow model
     * @param alerts classified by both models
     * @param agreeing alerts with the same verdict of both; ABSTAIN is a verdict
     * @param realByLive alerts that the live model calls REAL
     * @param realByShadow alerts that the shadow model calls REAL
     * @param meanProbabilityDifference mean absolute difference of the probabilities, over the alerts that both scored, 0
     *     to 1; 0 without such alerts
     */
    public record Result(
            String shadowSha256,
            long alerts,
            long agreeing,
            long realByLive,
            long realByShadow,
            double meanProbabilityDifference) {}

    /**
     * @param sha256 the file of the shadow model
     * @param maxAlerts the number of alerts that are compared, the first ones; bounds the memory
     */
    ShadowComparison(String sha256, int maxAlerts) {
        this.sha256 = sha256;
        this.maxAlerts = maxAlerts;
    }

    /**
     * Reads both topics of a stream.
     *
     * @param times of the classifications, whose timestamps are those of their alerts
     * @throws dev.stampede.streaming.kafka.TopicReadException if a topic cannot be read
     */
    public static Result read(
            StreamSettings settings, String sha256, int maxAlerts, TimeRange times, TopicReader reader) {
        ShadowComparison comparison = new ShadowComparison(sha256, maxAlerts);
        ClassificationReader classifications = new ClassificationReader(settings.schemas());
        reader.read(
                reader.range(settings.topics().shadowClassifications(), times),
                record -> comparison.addShadow(classifications.decode(record)));
        reader.read(
                reader.range(settings.topics().classifications(), times),
                record -> comparison.addLive(classifications.decode(record)));
        return comparison.result();
    }

    void addShadow(Classification classification) {
        if (classification.getModelSha256().equals(sha256) && shadow.size() < maxAlerts) {
            shadow.put(
                    classification.getAlertId(),
                    new Scored(classification.getVerdict(), classification.getProbability()));
        }
    }

    /** Add all of the shadow first; of an alert that was classified twice the first classification counts. */
    void addLive(Classification live) {
        Scored other = shadow.remove(live.getAlertId());
        if (other == null) {
            return;
        }
        compared++;
        agreeing += live.getVerdict() == other.verdict() ? 1 : 0;
        realByLive += live.getVerdict() == Verdict.REAL ? 1 : 0;
        realByShadow += other.verdict() == Verdict.REAL ? 1 : 0;
        Float probability = live.getProbability();
        if (probability != null && other.probability() != null) {
            differences += Math.abs(probability - other.probability());
            scoredByBoth++;
        }
    }

    Result result() {
        return new Result(
                sha256,
                compared,
                agreeing,
                realByLive,
                realByShadow,
                scoredByBoth == 0 ? 0 : differences / scoredByBoth);
    }
}
