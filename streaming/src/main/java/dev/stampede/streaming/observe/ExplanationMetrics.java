package dev.stampede.streaming.observe;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;

/** The metrics of explanations. Thread-safe. */
public final class ExplanationMetrics {
    private final Counter.Child published;
    private final Counter.Child skipped;
    private final Counter judgedOnBackground;
    private final Histogram apertureShare;

    ExplanationMetrics(CollectorRegistry registry) {
        Counter explanations = Counter.build(
                        "stampede_explanations_total",
                        "Explanations that the policy asked for: published, or skipped beyond the budget.")
                .labelNames("outcome")
                .register(registry);
        published = explanations.labels("published");
        skipped = explanations.labels("skipped");
        judgedOnBackground = Counter.build(
                        "stampede_judged_on_background_total",
                        "REAL verdicts whose map lies mostly outside the aperture of a point source.")
                .register(registry);
        apertureShare = Histogram.build(
                        "stampede_aperture_share", "Share of the map of a REAL verdict that lies in the aperture.")
                .linearBuckets(0.05, 0.05, 20)
                .register(registry);
    }

    /** Counts an explanation that went out. */
    public void published() {
        published.inc();
    }

    /** Counts an explanation that was wanted and is not made. */
    public void skipped() {
        skipped.inc();
    }

    /** Adds the aperture share of an explained REAL verdict, 0 to 1. */
    public void explainedReal(float share, boolean onBackground) {
        apertureShare.observe(share);
        if (onBackground) {
            judgedOnBackground.inc();
        }
    }
}
