package dev.stampede.streaming.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.monitor.StreamStatus;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelIdentity;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Rates and latency over the last seconds, from the metrics; lag, age and readiness of the stream. Thread-safe. */
final class LiveStats {
    private static final long WINDOW_MILLIS = 10_000;
    private static final long MIN_INTERVAL_MILLIS = 900;

    private final StreamMetrics metrics;
    private final StreamStatus status;
    private final Supplier<ModelIdentity> activeModel;
    private final RecentClassifications recent;
    private final Clock clock;
    private final Instant started;
    private final Deque<CounterSample> samples = new ArrayDeque<>();

    LiveStats(AlertScorerFactory scoring, StreamStatus status, RecentClassifications recent) {
        this.metrics = scoring.metrics();
        this.status = status;
        this.activeModel = () -> scoring.model().identity();
        this.recent = recent;
        this.clock = scoring.clock();
        started = clock.instant();
    }

    /** The current statistics; rates are null before the second sample. */
    synchronized ObjectNode now() {
        CounterSample last = sample();
        CounterSample first = samples.getFirst();
        ModelIdentity model = activeModel.get();
        ObjectNode node = LiveJson.object();
        node.put("model", model.name() + " " + model.version()).put("provider", model.executionProvider());
        ObjectNode rates = node.putObject("perSecond");
        ObjectNode totals = node.putObject("total");
        last.outcomes().forEach((outcome, count) -> {
            totals.put(outcome, count.longValue());
            LiveJson.put(rates, outcome, last.perSecond(outcome, first));
        });
        LiveJson.put(node, "latencySecondsP50", last.latencySeconds(0.5, first));
        LiveJson.put(node, "latencySecondsP99", last.latencySeconds(0.99, first));
        LiveJson.put(node, "lagAlerts", status.lag().orElse(Double.NaN));
        LiveJson.put(node, "uptimeSeconds", secondsSince(started));
        LiveJson.put(
                node,
                "lastOutcomeSeconds",
                recent.lastOutcome().map(this::secondsSince).orElse(Double.NaN));
        LiveJson.put(node, "knownObjectRecall", metrics.knownObjects().recall());
        node.put("knownObjects", metrics.knownObjects().recent());
        ObjectNode checks = node.putObject("conditions");
        status.readiness()
                .forEach(check -> checks.putObject(check.name())
                        .put("holds", check.holds())
                        .put("description", check.description()));
        return node;
    }

    private double secondsSince(Instant time) {
        return Math.max(0, clock.millis() - time.toEpochMilli()) / 1000.0;
    }

    private CounterSample sample() {
        long now = clock.millis();
        if (samples.isEmpty() || now - samples.getLast().millis() >= MIN_INTERVAL_MILLIS) {
            samples.addLast(CounterSample.of(metrics, now));
        }
        while (samples.size() > 2 && samples.getFirst().millis() < now - WINDOW_MILLIS) {
            samples.removeFirst();
        }
        return samples.getLast();
    }
}
