package dev.stampede.streaming.monitor;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.Map;
import java.util.Optional;

/** Metrics of model releases and of the shadow. Thread-safe. */
public final class ReleaseMetrics {
    private final Counter swaps;
    private final Map<ReleaseFault, Counter.Child> refused;
    private final Gauge shadow;
    private final Counter.Child same;
    private final Counter.Child different;
    private final Counter skipped;
    private final Histogram scoreDifference;

    ReleaseMetrics(CollectorRegistry registry) {
        swaps = Counter.build("stampede_model_swaps_total", "Swaps of the live model.")
                .register(registry);
        refused = StreamMetrics.children(
                ReleaseFault.class,
                Counter.build("stampede_releases_refused_total", "Rejected model releases, by reason.")
                        .labelNames("reason")
                        .register(registry));
        shadow = Gauge.build("stampede_shadow_info", "The shadow model; always 1.")
                .labelNames(ModelLabels.names())
                .register(registry);
        Counter verdicts = Counter.build(
                        "stampede_shadow_verdicts_total",
                        "Alerts classified by the shadow, by whether its verdict was the same.")
                .labelNames("agreement")
                .register(registry);
        same = verdicts.labels("same");
        different = verdicts.labels("different");
        skipped = Counter.build(
                        "stampede_shadow_skipped_total", "Stamps not scored by the shadow because its time ran out.")
                .register(registry);
        scoreDifference = Histogram.build(
                        "stampede_shadow_score_difference", "Probability of the shadow minus that of the live model.")
                .buckets(-0.5, -0.2, -0.1, -0.05, -0.02, -0.01, 0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
                .register(registry);
    }

    /** Counts a swap of the live model. */
    public void swapped() {
        swaps.inc();
    }

    /** Counts a rejected release. */
    public void refused(ReleaseFault fault) {
        StreamMetrics.child(refused, fault).inc();
    }

    /** Sets the shadow model. */
    public void shadowedBy(Optional<ModelLabels> model) {
        shadow.clear();
        model.ifPresent(labels -> shadow.labels(labels.values()).set(1));
    }

    /** Counts an alert classified by the shadow. */
    public void shadowPredicted(boolean agrees) {
        (agrees ? same : different).inc();
    }

    /** Records the difference of the probabilities of an alert, -1 to 1: shadow minus live. */
    public void shadowDiffers(float difference) {
        scoreDifference.observe(difference);
    }

    /** Counts stamps that the shadow had no time to score. */
    public void shadowSkipped(int stamps) {
        skipped.inc(stamps);
    }
}
