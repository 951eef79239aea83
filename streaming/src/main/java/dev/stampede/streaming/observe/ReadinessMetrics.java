package dev.stampede.streaming.observe;

import io.prometheus.client.Collector;
import java.util.List;
import java.util.function.Supplier;

/** What {@code /readyz} says, as a metric: 1 for a check that holds. */
public final class ReadinessMetrics extends Collector {
    private static final String NAME = "stampede_ready";

    private final Supplier<List<Condition>> readiness;

    public ReadinessMetrics(Supplier<List<Condition>> readiness) {
        this.readiness = readiness;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples.Sample> samples = readiness.get().stream()
                .map(check -> new MetricFamilySamples.Sample(
                        NAME, List.of("check"), List.of(check.name()), check.holds() ? 1 : 0))
                .toList();
        return List.of(new MetricFamilySamples(
                NAME, Type.GAUGE, "Whether a check of /readyz holds: 1 where it does, else 0.", samples));
    }
}
