package dev.stampede.streaming.monitor;

import io.prometheus.client.Collector;
import java.util.List;
import java.util.function.Supplier;

/** The checks of {@code /readyz} as a metric: 1 if a check holds. */
public final class ReadinessMetrics extends Collector {
    private static final String NAME = "stampede_ready";

    private final Supplier<List<HealthCheck>> readiness;

    public ReadinessMetrics(Supplier<List<HealthCheck>> readiness) {
        this.readiness = readiness;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples.Sample> samples = readiness.get().stream()
                .map(check -> new MetricFamilySamples.Sample(
                        NAME, List.of("check"), List.of(check.name()), check.holds() ? 1 : 0))
                .toList();
        return List.of(
                new MetricFamilySamples(NAME, Type.GAUGE, "Checks of /readyz: 1 if the check holds, else 0.", samples));
    }
}
