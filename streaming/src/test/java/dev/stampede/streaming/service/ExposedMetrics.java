package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.drift.PopulationMonitor;
import dev.stampede.streaming.injection.RecallMeter;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.settings.StreamSettings;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The metrics of a stream that was not started, and of injection and recovery. */
final class ExposedMetrics {
    private ExposedMetrics() {}

    static List<MetricFamilySamples> families() {
        StreamMetrics metrics = new StreamMetrics();
        AlertScorerFactory scoring = new AlertScorerFactory(new FirstPixelModel(), 1000, metrics, Clock.systemUTC());
        PopulationMonitor.begin(scoring);
        StreamSettings settings = StreamSettings.of(Map.of("bootstrap.servers", "127.0.0.1:1"));
        try (StampedeStream stream = StampedeStream.of(settings, scoring)) {
            assertThat(stream.failure()).isEmpty();
            return Stream.of(metrics.registry(), new RecallMeter().registry())
                    .map(CollectorRegistry::metricFamilySamples)
                    .flatMap(families -> Collections.list(families).stream())
                    .toList();
        }
    }

    /** The name of a family in the text format. */
    static String name(MetricFamilySamples family) {
        return family.type == Collector.Type.COUNTER ? family.name + "_total" : family.name;
    }
}
