package dev.stampede.streaming.monitor;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The metrics of a stream with its application id as a label of each, to distinguish several streams. */
public final class ApplicationMetrics extends Collector {
    private static final String LABEL = "application_id";

    private final CollectorRegistry metrics;
    private final String applicationId;

    private ApplicationMetrics(CollectorRegistry metrics, String applicationId) {
        this.metrics = metrics;
        this.applicationId = applicationId;
    }

    /** A registry of all metrics that {@code metrics} has at the time of a request. */
    public static CollectorRegistry of(CollectorRegistry metrics, String applicationId) {
        CollectorRegistry labelled = new CollectorRegistry();
        labelled.register(new ApplicationMetrics(metrics, applicationId));
        return labelled;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        return Collections.list(metrics.metricFamilySamples()).stream()
                .map(this::labelled)
                .toList();
    }

    private MetricFamilySamples labelled(MetricFamilySamples family) {
        return new MetricFamilySamples(
                family.name,
                family.unit,
                family.type,
                family.help,
                family.samples.stream().map(this::labelled).toList());
    }

    private MetricFamilySamples.Sample labelled(MetricFamilySamples.Sample sample) {
        return new MetricFamilySamples.Sample(
                sample.name,
                with(sample.labelNames, LABEL),
                with(sample.labelValues, applicationId),
                sample.value,
                sample.exemplar,
                sample.timestampMs);
    }

    private static List<String> with(List<String> texts, String more) {
        List<String> all = new ArrayList<>(texts);
        all.add(more);
        return all;
    }
}
