package dev.stampede.streaming.observe;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.Map;
import java.util.Optional;

/** The metrics of model releases and of the shadow. Thread-safe. */
public final class ReleaseMetrics {
    private final Counter swaps;
    private final Map<ReleaseFault, Counter.Child> refused;
    private final Gauge shadow;
    private final Counter.Child same;
    private final Counter.Child different;
    private final Counter skipped;
    private final Histogram scoreDifference;

    ReleaseMetrics(CollectorRegistry registry) {
        swaps = Counter.build("stampede_model_swaps_total", "Times that another model came to judge.")
                .register(registry);
        refused = StreamMetrics.children(
                ReleaseFault.class,
                Counter.build("stampede_releases_refused_total", "Releases of models that were not taken, by reason.")
                        .labelNames("reason")
                        .register(registry));
        shadow = Gauge.build("stampede_shadow_info", "The model that scores beside the one that judges; always 1.")
                .labelNames(ModelLabels.names())
                .register(registry);
        Counter verdicts = Counter.build(
                        "stampede_shadow_verdicts_total",
                        "Alerts that the shadow judged too, by whether its verdict was the same.")
                .labelNames("agreement")
                .register(registry);
        same = verdicts.labels("same");
        different = verdicts.labels("different");
        skipped = Counter.build(
                        "stampede_shadow_skipped_total", "Stamps that the shadow did not score, for its time was over.")
                .register(registry);
        scoreDifference = Histogram.build(
                        "stampede_shadow_score_difference", "Probability by the shadow less that by the live model.")
                .buckets(-0.5, -0.2, -0.1, -0.05, -0.02, -0.01, 0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
                .register(registry);
    }

    /** Counts a swap of the model that judges. */
    public void swapped() {
        swaps.inc();
    }

    /** Counts a release that is not taken. */
    public void refused(ReleaseFault fault) {
        StreamMetrics.child(refused, fault).inc();
    }

    /** Says which model scores beside the one that judges. */
    public void shadowedBy(Optional<ModelLabels> model) {
        shadow.clear();
        model.ifPresent(labels -> shadow.labels(labels.values()).set(1));
    }

    /** Counts an alert that the shadow judged too. */
    public void shadowJudged(boolean agrees) {
        (agrees ? same : different).inc();
    }

    /** Adds the difference of two probabilities of the same alert, -1 to 1: the shadow's less the other. */
    public void shadowDiffers(float difference) {
        scoreDifference.observe(difference);
    }

    /** Counts stamps that the shadow did not score in its time. */
    public void shadowSkipped(int stamps) {
        skipped.inc(stamps);
    }
}
