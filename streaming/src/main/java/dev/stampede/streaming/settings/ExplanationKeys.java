package dev.stampede.streaming.settings;

import dev.stampede.stamps.explain.Fill;
import java.util.List;

/** Settings of the explanation of verdicts by occlusion maps. */
public final class ExplanationKeys {
    static final String POLICY_NONE = "none";
    static final String DELIVERY_TOPIC = "topic";

    /** Far above the size of any stamp. */
    private static final int MAX_PATCH = 1024;

    static final KeyGroup EXPLANATIONS = new KeyGroup("Explanations");

    public static final Key<String> POLICY = EXPLANATIONS
            .key(
                    "explain.policy",
                    "Verdicts that are explained: none; requested = those whose alert requests it; real or uncertain = the"
                            + " requested ones and all such verdicts; all.")
            .choice(POLICY_NONE, "requested", "real", "uncertain", "all");

    public static final Key<String> DELIVERY = EXPLANATIONS
            .key(
                    "explain.delivery",
                    "topic publishes occlusion maps asynchronously to topic.explanations; inline adds them to the"
                            + " classification, which is delayed until the map is complete.")
            .choice(DELIVERY_TOPIC, "inline");

    public static final Key<Double> UNCERTAIN_BAND = EXPLANATIONS
            .advanced(
                    "explain.uncertain-band",
                    "Maximum distance of an uncertain probability from the model's threshold.")
            .decimal(0.1, 0, 1);

    public static final Key<Double> MIN_APERTURE_SHARE = EXPLANATIONS
            .advanced(
                    "explain.min-aperture-share",
                    "Minimum share of the occlusion map within the source aperture. A REAL verdict below it is flagged"
                            + " judgedOnBackground.")
            .decimal(0.5, 0, 1);

    public static final Key<Integer> MAX_PER_SECOND = EXPLANATIONS
            .key(
                    "explain.max-per-second",
                    "Maximum number of explanations per second. Further ones are skipped and counted.")
            .number(200, 1, 1_000_000);

    public static final Key<Double> MAX_CORES = EXPLANATIONS
            .key(
                    "explain.max-cores",
                    "Maximum CPU time of explanations, in cores. Further explanations are skipped and counted.")
            .decimal(0.5, 0.01, 256);

    public static final Key<Integer> PATCH = EXPLANATIONS
            .advanced("explain.patch", "Side of the occluding patch in pixels. Must not exceed the side of the stamp.")
            .number(5, 1, MAX_PATCH);

    public static final Key<Integer> STRIDE = EXPLANATIONS
            .advanced("explain.stride", "Step between patch positions in pixels. Must not exceed the patch.")
            .number(1, 1, MAX_PATCH);

    public static final Key<Fill> FILL = EXPLANATIONS
            .advanced(
                    "explain.fill",
                    "Values of occluded pixels: the median of the stamp, noise with the stamp's statistics, or zero.")
            .choice(List.of(Fill.MEDIAN, Fill.NOISE, Fill.ZERO));

    public static final Key<String> SEARCH = EXPLANATIONS
            .advanced(
                    "explain.search",
                    "full scores every patch position; refined scores a coarse grid and refines it where the score changes,"
                            + " at less than half of the cost.")
            .choice("refined", "full");

    private ExplanationKeys() {}
}
