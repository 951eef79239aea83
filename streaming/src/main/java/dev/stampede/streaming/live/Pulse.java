package dev.stampede.streaming.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.streaming.observe.Condition;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.scoring.ModelIdentity;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the stream does now: rates and latency over the last seconds, from the metrics, and its condition. Thread-safe. */
final class Pulse {
    private static final long WINDOW_MILLIS = 10_000;
    private static final long BETWEEN_LOOKS_MILLIS = 900;

    private final StreamMetrics metrics;
    private final Supplier<List<Condition>> readiness;
    private final Supplier<ModelIdentity> judging;
    private final Clock clock;
    private final Deque<Look> looks = new ArrayDeque<>();

    /** The counters at one moment; {@code latencies} are those of the buckets, cumulative. */
    private record Look(long millis, Map<String, Double> outcomes, List<Double> latencies) {}

    Pulse(StreamMetrics metrics, Supplier<List<Condition>> readiness, Supplier<ModelIdentity> judging, Clock clock) {
        this.metrics = metrics;
        this.readiness = readiness;
        this.judging = judging;
        this.clock = clock;
    }

    /** The pulse at this moment; rates are null until it was felt twice. */
    synchronized ObjectNode now() {
        Look last = look();
        Look first = looks.getFirst();
        double seconds = (last.millis() - first.millis()) / 1e3;
        ModelIdentity model = judging.get();
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
        ObjectNode conditions = node.putObject("conditions");
        readiness
                .get()
                .forEach(condition -> conditions
                        .putObject(condition.name())
                        .put("holds", condition.holds())
                        .put("words", condition.words()));
        return node;
    }

    private Look look() {
        long now = clock.millis();
        if (looks.isEmpty() || now - looks.getLast().millis() >= BETWEEN_LOOKS_MILLIS) {
            looks.addLast(new Look(now, new LinkedHashMap<>(metrics.outcomeCounts()), metrics.endToEndCounts()));
        }
        while (looks.size() > 2 && looks.getFirst().millis() < now - WINDOW_MILLIS) {
            looks.removeFirst();
        }
        return looks.getLast();
    }

    /** The quantile of cumulative counts, linear within its bucket as Prometheus takes it; NaN where none came. */
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
