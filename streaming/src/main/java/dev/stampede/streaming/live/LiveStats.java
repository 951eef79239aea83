package dev.stampede.streaming.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.ModelIdentity;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Rates and latency over the last seconds, from the metrics, and the readiness checks. Thread-safe. */
final class LiveStats {
    private static final long WINDOW_MILLIS = 10_000;
    private static final long MIN_INTERVAL_MILLIS = 900;

    private final StreamMetrics metrics;
    private final Supplier<List<HealthCheck>> readiness;
    private final Supplier<ModelIdentity> activeModel;
    private final Clock clock;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /** The counters at one time; {@code latencies} are the cumulative buckets. */
    private record Sample(long millis, Map<String, Double> outcomes, List<Double> latencies) {}

    LiveStats(
            StreamMetrics metrics,
            Supplier<List<HealthCheck>> readiness,
            Supplier<ModelIdentity> activeModel,
            Clock clock) {
        this.metrics = metrics;
        this.readiness = readiness;
        this.activeModel = activeModel;
        this.clock = clock;
    }

    /** The current statistics; rates are null before the second sample. */
    synchronized ObjectNode now() {
        Sample last = sample();
        Sample first = samples.getFirst();
        double seconds = (last.millis() - first.millis()) / 1e3;
        ModelIdentity model = activeModel.get();
        ObjectNode node = LiveJson.object();
        node.put("model", model.name() + " " + model.version()).put("provider", model.executionProvider());
        ObjectNode rates = node.putObject("perSecond");
        ObjectNode totals = node.putObject("total");
        last.outcomes().forEach((outcome, count) -> {
            totals.put(outcome, count.longValue());
            LiveJson.put(rates, outcome, (count - first.outcomes().getOrDefault(outcome, 0.0)) / seconds);
        });
        double[] latencies = new double[last.latencies().size()];
        Arrays.setAll(
                latencies, i -> last.latencies().get(i) - first.latencies().get(i));
        LiveJson.put(node, "latencySecondsP50", quantile(latencies, 0.5));
        LiveJson.put(node, "latencySecondsP99", quantile(latencies, 0.99));
        ObjectNode checks = node.putObject("conditions");
        readiness
                .get()
                .forEach(check -> checks.putObject(check.name())
                        .put("holds", check.holds())
                        .put("description", check.description()));
        return node;
    }

    private Sample sample() {
        long now = clock.millis();
        if (samples.isEmpty() || now - samples.getLast().millis() >= MIN_INTERVAL_MILLIS) {
            samples.addLast(new Sample(now, new LinkedHashMap<>(metrics.outcomeCounts()), metrics.endToEndCounts()));
        }
        while (samples.size() > 2 && samples.getFirst().millis() < now - WINDOW_MILLIS) {
            samples.removeFirst();
        }
        return samples.getLast();
    }

    /** The quantile of cumulative counts, interpolated linearly as Prometheus does; NaN without counts. */
    static double quantile(double[] cumulative, double quantile) {
        List<Double> bounds = StreamMetrics.END_TO_END_BUCKETS;
        double rank = quantile * cumulative[cumulative.length - 1];
        if (rank == 0) {
            return Double.NaN;
        }
        for (int i = 0; i < bounds.size(); i++) {
            if (cumulative[i] >= rank) {
                double from = i == 0 ? 0 : bounds.get(i - 1);
                double below = i == 0 ? 0 : cumulative[i - 1];
                return from + (bounds.get(i) - from) * (rank - below) / (cumulative[i] - below);
            }
        }
        return bounds.get(bounds.size() - 1);
    }
}
