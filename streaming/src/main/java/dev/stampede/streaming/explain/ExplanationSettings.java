package dev.stampede.streaming.explain;

import dev.stampede.stamps.explain.Fill;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.explain.OcclusionSettings.Definition;
import dev.stampede.stamps.explain.OcclusionSettings.Search;
import dev.stampede.stamps.score.Judgement.Scored;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * Which verdicts of a stream are explained, how, and at what cost.
 *
 * @param uncertainBand the distance from the threshold, 0 to 1, up to which a probability is uncertain
 * @param leastApertureShare the aperture share, 0 to 1, below which a REAL verdict was judged on its background
 * @param budgetPerSecond the most explanations a second; those beyond are skipped
 * @param cores how many cores' time explanations may take; those beyond are skipped
 * @param occlusion how stamps are occluded
 */
public record ExplanationSettings(
        ExplanationPolicy policy,
        ExplanationDelivery delivery,
        double uncertainBand,
        double leastApertureShare,
        int budgetPerSecond,
        double cores,
        OcclusionSettings occlusion) {
    public static final String POLICY = "explain.policy";
    public static final String DELIVERY = "explain.delivery";
    public static final String UNCERTAIN_BAND = "explain.uncertain-band";
    public static final String LEAST_APERTURE_SHARE = "explain.least-aperture-share";
    public static final String BUDGET_PER_SECOND = "explain.budget-per-second";
    public static final String CORES = "explain.cores";
    public static final String PATCH = "explain.patch";
    public static final String STRIDE = "explain.stride";
    public static final String FILL = "explain.fill";
    public static final String SEARCH = "explain.search";

    /** No verdict is explained. */
    public static final ExplanationSettings NONE = new ExplanationSettings(
            ExplanationPolicy.NONE, ExplanationDelivery.TOPIC, 0.1, 0.5, 200, 0.5, OcclusionSettings.standard());

    /** Of {@link Fill#NOISE}: the same stamp has the same map in every run. */
    private static final long NOISE_SEED = 1;

    /** A patch larger than any stamp is a slip of the pen. */
    private static final int LARGEST_PATCH = 1024;

    private static final String REFINED = "refined";

    /** Adds these settings to {@code definition}. */
    public static ConfigDef define(ConfigDef definition) {
        choice(
                definition,
                POLICY,
                "none",
                "Which verdicts are explained by an occlusion map: none; requested, those whose alert asks; besides"
                        + " them every real or every uncertain one; or all.",
                "none",
                "requested",
                "real",
                "uncertain",
                "all");
        choice(
                definition,
                DELIVERY,
                "topic",
                "topic publishes a map later on topic.explanations; inline puts it into the verdict, which waits for it.",
                "topic",
                "inline");
        fraction(
                definition,
                UNCERTAIN_BAND,
                NONE.uncertainBand,
                "The distance from the model's threshold up to which a probability is uncertain.");
        fraction(
                definition,
                LEAST_APERTURE_SHARE,
                NONE.leastApertureShare,
                "A REAL verdict of which less than this share of its map lies on the source is flagged"
                        + " judgedOnBackground.");
        number(definition, BUDGET_PER_SECOND, NONE.budgetPerSecond, 1, 1_000_000, "The most explanations a second.");
        definition.define(
                CORES,
                ConfigDef.Type.DOUBLE,
                NONE.cores,
                Range.between(0.01, 256),
                Importance.MEDIUM,
                "How many cores' time explanations may take, measured as they are made; more are skipped and counted.");
        return defineOcclusion(definition);
    }

    private static ConfigDef defineOcclusion(ConfigDef definition) {
        number(definition, PATCH, 5, 1, LARGEST_PATCH, "Side of the patch that hides pixels, up to that of the stamp.");
        number(definition, STRIDE, 1, 1, LARGEST_PATCH, "Step between patches, pixels, up to the patch.");
        choice(
                definition,
                FILL,
                Fill.MEDIAN.fillName(),
                "What hides the pixels: their median, noise like the stamp's own, or zero.",
                Fill.MEDIAN.fillName(),
                Fill.NOISE.fillName(),
                Fill.ZERO.fillName());
        choice(
                definition,
                SEARCH,
                REFINED,
                "full scores every position of the patch; refined those where the score may move, at a third of the"
                        + " cost.",
                REFINED,
                "full");
        return definition;
    }

    private static void choice(ConfigDef definition, String key, String fallback, String sentence, String... choices) {
        definition.define(key, ConfigDef.Type.STRING, fallback, ValidString.in(choices), Importance.MEDIUM, sentence);
    }

    private static void number(ConfigDef definition, String key, int fallback, int least, int most, String sentence) {
        definition.define(key, ConfigDef.Type.INT, fallback, Range.between(least, most), Importance.MEDIUM, sentence);
    }

    private static void fraction(ConfigDef definition, String key, double fallback, String sentence) {
        definition.define(key, ConfigDef.Type.DOUBLE, fallback, Range.between(0, 1), Importance.MEDIUM, sentence);
    }

    /**
     * What {@code config} says.
     *
     * @throws ConfigException if two settings contradict each other
     */
    public static ExplanationSettings of(AbstractConfig config) {
        int patch = config.getInt(PATCH);
        int stride = config.getInt(STRIDE);
        if (stride > patch) {
            throw new ConfigException(
                    STRIDE, stride, "must be 1 to " + PATCH + ", " + patch + ", so that every pixel is hidden once");
        }
        return new ExplanationSettings(
                ExplanationPolicy.valueOf(word(config, POLICY)),
                ExplanationDelivery.valueOf(word(config, DELIVERY)),
                config.getDouble(UNCERTAIN_BAND),
                config.getDouble(LEAST_APERTURE_SHARE),
                config.getInt(BUDGET_PER_SECOND),
                config.getDouble(CORES),
                new OcclusionSettings(
                        patch,
                        stride,
                        Fill.valueOf(word(config, FILL)),
                        NOISE_SEED,
                        Definition.DROP,
                        config.getString(SEARCH).equals(REFINED) ? Search.REFINED : Search.EXHAUSTIVE));
    }

    private static String word(AbstractConfig config, String key) {
        return config.getString(key).toUpperCase(Locale.ROOT);
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
    public Optional<String> words() {
        return explainsAny()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "%s, delivered by %s, at most %d a second in the time of %s cores, %s search",
                        policy.name().toLowerCase(Locale.ROOT),
                        delivery.name().toLowerCase(Locale.ROOT),
                        budgetPerSecond,
                        cores,
                        searchName()))
                : Optional.empty();
    }

    /** The name of the search in settings and classifications. */
    public String searchName() {
        return occlusion.search() == Search.REFINED ? REFINED : "full";
    }
}
