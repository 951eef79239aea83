package dev.stampede.streaming.explain;

import dev.stampede.stamps.explain.Fill;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.explain.OcclusionSettings.Definition;
import dev.stampede.stamps.explain.OcclusionSettings.Search;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.streaming.settings.ExplanationKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.util.Locale;
import java.util.Optional;

/**
 * Which verdicts of a stream are explained, how, and at what cost.
 *
 * @param uncertainBand the distance from the threshold, 0 to 1, up to which a probability is uncertain
 * @param minApertureShare the aperture share, 0 to 1, below which a REAL verdict was judged on its background
 * @param budgetPerSecond the most explanations a second; those beyond are skipped
 * @param cores how many cores' time explanations may take; those beyond are skipped
 * @param occlusion how stamps are occluded
 */
public record ExplanationSettings(
        ExplanationPolicy policy,
        ExplanationDelivery delivery,
        double uncertainBand,
        double minApertureShare,
        int budgetPerSecond,
        double cores,
        OcclusionSettings occlusion) {
    /** No verdict is explained. */
    public static final ExplanationSettings NONE = new ExplanationSettings(
            ExplanationPolicy.NONE,
            ExplanationDelivery.TOPIC,
            ExplanationKeys.UNCERTAIN_BAND.defaultValue(),
            ExplanationKeys.MIN_APERTURE_SHARE.defaultValue(),
            ExplanationKeys.MAX_PER_SECOND.defaultValue(),
            ExplanationKeys.MAX_CORES.defaultValue(),
            OcclusionSettings.standard());

    /** The seed of {@link Fill#NOISE}: the same stamp has the same map in every run. */
    private static final long NOISE_SEED = 1;

    private static final String REFINED = "refined";

    public static ExplanationSettings of(StreamSettings settings) {
        return new ExplanationSettings(
                ExplanationPolicy.valueOf(settings.get(ExplanationKeys.POLICY).toUpperCase(Locale.ROOT)),
                ExplanationDelivery.valueOf(
                        settings.get(ExplanationKeys.DELIVERY).toUpperCase(Locale.ROOT)),
                settings.get(ExplanationKeys.UNCERTAIN_BAND),
                settings.get(ExplanationKeys.MIN_APERTURE_SHARE),
                settings.get(ExplanationKeys.MAX_PER_SECOND),
                settings.get(ExplanationKeys.MAX_CORES),
                new OcclusionSettings(
                        settings.get(ExplanationKeys.PATCH),
                        settings.get(ExplanationKeys.STRIDE),
                        settings.get(ExplanationKeys.FILL),
                        NOISE_SEED,
                        Definition.DROP,
                        settings.get(ExplanationKeys.SEARCH).equals(REFINED) ? Search.REFINED : Search.EXHAUSTIVE));
    }

    /** Whether any verdict may be explained. */
    public boolean explainsAny() {
        return policy != ExplanationPolicy.NONE;
    }

    /** Whether explanations go over topics of their own. */
    public boolean explainsLater() {
        return explainsAny() && delivery == ExplanationDelivery.TOPIC;
    }

    /**
     * Whether the policy asks to explain a verdict, whatever it costs.
     *
     * @param asked whether its alert asks for it
     * @param threshold the probability from which the model says REAL
     */
    public boolean wants(Scored scored, boolean asked, float threshold) {
        return policy.wants(scored, asked, Math.abs(scored.probability() - threshold), uncertainBand);
    }

    /** What is explained and how, in words; empty where nothing is. */
    public Optional<String> describe() {
        return explainsAny()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "%s, delivered by %s, at most %d a second in the time of %s cores, %s search",
                        policy.name().toLowerCase(Locale.ROOT),
                        delivery.name().toLowerCase(Locale.ROOT),
                        budgetPerSecond,
                        cores,
                        searchName(occlusion)))
                : Optional.empty();
    }

    /** The name of the search in settings and classifications. */
    static String searchName(OcclusionSettings occlusion) {
        return occlusion.search() == Search.REFINED ? REFINED : "full";
    }
}
