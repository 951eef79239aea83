package dev.stampede.streaming.monitor;

import io.prometheus.client.Collector;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The metrics of Kafka Streams and its clients that operators need: state, threads, lag, connections. Values of several
 * threads are summed or the worst is taken, so that labels are the same after a restart. The label {@code stream} names
 * the stream.
 */
public final class KafkaMetrics extends Collector {
    /** The stream that classifies alerts. */
    public static final String VERDICTS = "verdicts";

    /** The stream that explains verdicts. */
    public static final String EXPLANATIONS = "explanations";

    private static final String STREAM = "stream";
    private static final String CLIENT = "client-id";
    private static final double PER_MILLI = 1e-3;

    /** Suffixes of clients that do not read alerts. */
    private static final List<String> OTHER_CLIENTS = List.of("-restore-consumer", "-global-consumer", "-admin");

    private static final Source LAG = new Source(
            "kafka_consumer_lag_records",
            "Consumer lag of a partition, records: alerts or explanation requests. Absent if it is not measured.",
            Type.GAUGE,
            "consumer-fetch-manager-metrics",
            "records-lag",
            Merge.BY_PARTITION,
            1);
    private static final Source FETCHES = sum(
            "kafka_consumer_fetches_total", "Responses to fetches.", "consumer-fetch-manager-metrics", "fetch-total");

    private static final List<Source> SOURCES = List.of(
            LAG,
            FETCHES,
            sum(
                    "kafka_consumer_records_total",
                    "Records fetched: alerts or explanation requests.",
                    "consumer-fetch-manager-metrics",
                    "records-consumed-total"),
            sum(
                    "kafka_consumer_rebalances_total",
                    "Rebalances of the consumer group.",
                    "consumer-coordinator-metrics",
                    "rebalance-total"),
            sum(
                    "kafka_producer_record_errors_total",
                    "Records that could not be sent.",
                    "producer-metrics",
                    "record-error-total"),
            sum(
                    "kafka_producer_record_retries_total",
                    "Records that were sent again.",
                    "producer-metrics",
                    "record-retry-total"),
            worst(
                    "kafka_consumer_last_poll_seconds",
                    "Time since the last poll.",
                    "consumer-metrics",
                    "last-poll-seconds-ago",
                    1),
            worst(
                    "kafka_streams_commit_latency_seconds",
                    "Mean time of a commit.",
                    "stream-thread-metrics",
                    "commit-latency-avg",
                    PER_MILLI),
            worst(
                    "kafka_streams_poll_records",
                    "Mean number of records of a poll.",
                    "stream-thread-metrics",
                    "poll-records-avg",
                    1),
            worst(
                    "kafka_streams_alive_threads",
                    "Stream threads that run or wait.",
                    "stream-metrics",
                    "alive-stream-threads",
                    1),
            new Source(
                    "kafka_consumer_connections",
                    "Open connections to brokers.",
                    Type.GAUGE,
                    "consumer-metrics",
                    "connection-count",
                    Merge.SUM,
                    1));

    private final Map<String, KafkaStreams> streams;
    private final Map<String, FetchProgress> progress = new LinkedHashMap<>();
    private final Clock clock;

    /** @param streams by name, {@link #VERDICTS} first */
    public KafkaMetrics(Map<String, KafkaStreams> streams, Clock clock) {
        this.streams = new LinkedHashMap<>(streams);
        this.clock = clock;
        streams.keySet().forEach(stream -> progress.put(stream, new FetchProgress()));
    }

    private enum Merge {
        SUM,
        WORST,
        BY_PARTITION
    }

    /**
     * @param name in Prometheus
     * @param group of the metric in Kafka
     * @param metric its name in Kafka
     * @param scale factor to base units
     */
    private record Source(String name, String help, Type type, String group, String metric, Merge merge, double scale) {
        boolean isOf(MetricName candidate) {
            if (!candidate.name().equals(metric) || !candidate.group().equals(group)) {
                return false;
            }
            // With a topic or node tag it is only a part of the total.
            Set<String> tags = candidate.tags().keySet();
            return merge == Merge.BY_PARTITION || !(tags.contains("topic") || tags.contains("node-id"));
        }
    }

    private static Source sum(String name, String help, String group, String metric) {
        return new Source(name, help, Type.COUNTER, group, metric, Merge.SUM, 1);
    }

    private static Source worst(String name, String help, String group, String metric, double scale) {
        return new Source(name, help, Type.GAUGE, group, metric, Merge.WORST, scale);
    }

    @Override
    public List<MetricFamilySamples> collect() {
        Map<String, Map<MetricName, ? extends Metric>> metrics = new LinkedHashMap<>();
        streams.forEach((stream, kafka) -> metrics.put(stream, kafka.metrics()));
        List<MetricFamilySamples> families = new ArrayList<>();
        families.add(state());
        long now = clock.millis();
        Map<String, LagReading> lags = new LinkedHashMap<>();
        metrics.forEach((stream, all) -> lags.put(stream, reading(stream, all, now)));
        families.add(lagAge(lags, now));
        for (Source source : SOURCES) {
            List<MetricFamilySamples.Sample> samples = new ArrayList<>();
            metrics.forEach((stream, all) -> {
                LagReading lag = Objects.requireNonNull(lags.get(stream));
                if (!source.equals(LAG) || !lag.isStale(now)) {
                    samples.addAll(samples(source, stream, all));
                }
            });
            families.add(new MetricFamilySamples(source.name(), source.type(), source.help(), samples));
        }
        return families;
    }

    private static MetricFamilySamples lagAge(Map<String, LagReading> lags, long nowMillis) {
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        lags.forEach((stream, lag) -> {
            if (lag.isMeasured()) {
                double age = (nowMillis - lag.measuredMillis()) * PER_MILLI;
                samples.add(new MetricFamilySamples.Sample(
                        "kafka_consumer_lag_age_seconds", List.of(STREAM), List.of(stream), age));
            }
        });
        return new MetricFamilySamples(
                "kafka_consumer_lag_age_seconds", Type.GAUGE, "Time since the consumer lag was measured.", samples);
    }

    /** The lag of the alerts now; call it every few seconds, so that its age is known. */
    public LagReading lag() {
        return reading(VERDICTS, Objects.requireNonNull(streams.get(VERDICTS)).metrics(), clock.millis());
    }

    private LagReading reading(String stream, Map<MetricName, ? extends Metric> metrics, long nowMillis) {
        double fetches = samples(FETCHES, stream, metrics).stream()
                .mapToDouble(sample -> sample.value)
                .sum();
        List<MetricFamilySamples.Sample> lags = samples(LAG, stream, metrics);
        double lag = lags.isEmpty()
                ? Double.NaN
                : lags.stream().mapToDouble(sample -> sample.value).sum();
        return new LagReading(lag, Objects.requireNonNull(progress.get(stream)).observe(fetches, nowMillis));
    }

    private MetricFamilySamples state() {
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        streams.forEach((stream, kafka) -> {
            KafkaStreams.State now = kafka.state();
            for (KafkaStreams.State state : KafkaStreams.State.values()) {
                samples.add(new MetricFamilySamples.Sample(
                        "kafka_streams_state",
                        List.of(STREAM, "state"),
                        List.of(stream, state.name().toLowerCase(Locale.ROOT)),
                        state == now ? 1 : 0));
            }
        });
        return new MetricFamilySamples(
                "kafka_streams_state", Type.GAUGE, "State of Kafka Streams: 1 for the current state, else 0.", samples);
    }

    private static List<MetricFamilySamples.Sample> samples(
            Source source, String stream, Map<MetricName, ? extends Metric> metrics) {
        Map<List<String>, Double> values = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> {
            if (source.isOf(name) && !isOther(name.tags()) && metric.metricValue() instanceof Number number) {
                double value = number.doubleValue() * source.scale();
                if (!Double.isNaN(value)) {
                    values.merge(
                            labels(source, stream, name.tags()),
                            value,
                            source.merge() == Merge.SUM ? Double::sum : Math::max);
                }
            }
        });
        List<String> labelNames =
                source.merge() == Merge.BY_PARTITION ? List.of(STREAM, "topic", "partition") : List.of(STREAM);
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        values.forEach((labels, value) ->
                samples.add(new MetricFamilySamples.Sample(source.name(), labelNames, labels, value)));
        return samples;
    }

    private static boolean isOther(Map<String, String> tags) {
        String client = tags.getOrDefault(CLIENT, "");
        return OTHER_CLIENTS.stream().anyMatch(client::endsWith);
    }

    private static List<String> labels(Source source, String stream, Map<String, String> tags) {
        return source.merge() == Merge.BY_PARTITION
                ? List.of(stream, tags.getOrDefault("topic", ""), tags.getOrDefault("partition", ""))
                : List.of(stream);
    }
}
