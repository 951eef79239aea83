package dev.stampede.streaming.monitor;

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
                        "Explanations requested by the policy: published, or skipped beyond the budget.")
                .labelNames("outcome")
                .register(registry);
        published = explanations.labels("published");
        skipped = explanations.labels("skipped");
        judgedOnBackground = Counter.build(
                        "stampede_judged_on_background_total",
                        "REAL verdicts whose map is mostly outside the aperture of a point source.")
                .register(registry);
        apertureShare = Histogram.build(
                        "stampede_aperture_share", "Share of the map of a REAL verdict inside the aperture.")
                .linearBuckets(0.05, 0.05, 20)
                .register(registry);
    }

    /** Counts a published explanation. */
    public void published() {
        published.inc();
    }

    /** Counts a requested explanation that is not computed. */
    public void skipped() {
        skipped.inc();
    }

    /** Records the aperture share of an explained REAL verdict, 0 to 1. */
    public void explainedReal(float share, boolean onBackground) {
        apertureShare.observe(share);
        if (onBackground) {
            judgedOnBackground.inc();
        }
    }
}
