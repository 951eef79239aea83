package dev.stampede.streaming.monitor;

import dev.stampede.commandline.BuildInfo;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.wire.ErrorClass;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.SimpleCollector;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import io.prometheus.client.hotspot.ThreadExports;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a stream; CONTRIBUTING.md has the naming rules. Label values are enum constants in lower case, and all
 * exist from the start, so that rates are correct from the first alert. Methods called per alert look up no labels.
 * Thread-safe.
 */
public final class StreamMetrics {
    /** Upper bounds of the buckets of the end-to-end latency, without the infinite one; seconds. */
    public static final List<Double> END_TO_END_BUCKETS =
            List.of(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 60.0, 600.0);

    private static final String DEAD_LETTER = "dead_letter";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final CollectorRegistry registry = new CollectorRegistry();
    private final Counter alerts = Counter.build("stampede_alerts_total", "Alerts processed, by outcome.")
            .labelNames("outcome")
            .register(registry);
    private final Counter abstentions = Counter.build(
                    "stampede_abstentions_total", "Alerts with verdict ABSTAIN, by reason.")
            .labelNames("reason")
            .register(registry);
    private final Counter deadLetters = Counter.build("stampede_dead_letters_total", "Dead letters, by error class.")
            .labelNames("error")
            .register(registry);
    private final Histogram stageSeconds = Histogram.build(
                    "stampede_stage_seconds",
                    "Time in a stage: decode, normalise, score and explain per poll, publish per alert.")
            .labelNames("stage")
            .buckets(1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1, 3)
            .register(registry);
    private final Histogram endToEnd = Histogram.build(
                    "stampede_end_to_end_seconds", "Time from the timestamp of an alert's record to its outcome.")
            .buckets(
                    END_TO_END_BUCKETS.stream().mapToDouble(Double::doubleValue).toArray())
            .register(registry);
    private final Histogram observationAge = Histogram.build(
                    "stampede_observation_age_seconds", "Time from the observation of an alert to its outcome.")
            .buckets(1, 10, 60, 300, 900, 3600, 14_400, 43_200, 86_400, 604_800, 2_592_000)
            .register(registry);
    private final Histogram batchSize = Histogram.build("stampede_batch_size", "Records scored as one batch.")
            .buckets(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
            .register(registry);
    private final ExplanationMetrics explanations = new ExplanationMetrics(registry);
    private final ReleaseMetrics releases = new ReleaseMetrics(registry);
    private final Counter outcomes = Counter.build(
                    "stampede_outcomes_total", "Alerts processed, by the partition that they were read from.")
            .labelNames("topic", "partition")
            .register(registry);
    private final Gauge lostRecords = Gauge.build(
                    "stampede_lost_records",
                    "Maximum number of records that Kafka deleted before the group read them, found at the start; of"
                            + " several instances take the maximum.")
            .labelNames("topic", "partition")
            .register(registry);
    private final Gauge inputTopics = Gauge.build(
                    "stampede_input_topics",
                    "Input topics: read, or not read because their date is before topic.oldest.")
            .labelNames("state")
            .register(registry);
    private final KnownObjectMetrics knownObjects = new KnownObjectMetrics(registry);
    private final Counter unbatched = Counter.build(
                    "stampede_unbatched_total", "Alerts not scored with their poll, and then scored one by one.")
            .register(registry);
    private final Histogram score = Histogram.build("stampede_score", "Probability of a point source.")
            .linearBuckets(0.05, 0.05, 20)
            .register(registry);
    private final Gauge model = Gauge.build("stampede_model_info", "The live model; always 1.")
            .labelNames(ModelLabels.names())
            .register(registry);
    private final Gauge provider = Gauge.build(
                    "stampede_execution_provider_info", "The execution provider of the live model; always 1.")
            .labelNames("provider")
            .register(registry);

    private final Map<Verdict, Counter.Child> verdictCounts = children(Verdict.class, alerts);
    private final Map<Abstention, Counter.Child> abstentionCounts = children(Abstention.class, abstentions);
    private final Map<ErrorClass, Counter.Child> errorCounts = children(ErrorClass.class, deadLetters);
    private final Map<PipelineStage, Histogram.Child> stageTimes = children(PipelineStage.class, stageSeconds);
    private @Nullable ModelLabels activeModel;
    private final Counter.Child deadLetterCount = alerts.labels(DEAD_LETTER);

    /** All at zero, plus the metrics of the JVM. */
    public StreamMetrics() {
        BuildInfo build = BuildInfo.current();
        Gauge.build("stampede_build_info", "The version of the program; always 1.")
                .labelNames("version", "commit", "java", "onnxruntime", "kafka")
                .register(registry)
                .labels(
                        build.version(),
                        build.commit(),
                        build.library("Java"),
                        build.library("ONNX Runtime"),
                        build.library("Kafka"))
                .set(1);
        new StandardExports().register(registry);
        new MemoryPoolsExports().register(registry);
        new GarbageCollectorExports().register(registry);
        new ThreadExports().register(registry);
    }

    static <E extends Enum<E>, C> Map<E, C> children(Class<E> labels, SimpleCollector<C> parent) {
        Map<E, C> children = new EnumMap<>(labels);
        for (E label : labels.getEnumConstants()) {
            children.put(label, parent.labels(labelValue(label)));
        }
        return children;
    }

    static <E, C> C child(Map<E, C> children, E label) {
        return Objects.requireNonNull(children.get(label));
    }

    private static String labelValue(Enum<?> label) {
        return label.name().toLowerCase(Locale.ROOT);
    }

    public CollectorRegistry registry() {
        return registry;
    }

    /** The metrics of explanations. */
    public ExplanationMetrics explanations() {
        return explanations;
    }

    /** The metrics of model releases. */
    public ReleaseMetrics releases() {
        return releases;
    }

    /** The counter of the outcomes of the records of a partition; look it up once, not per alert. */
    public Counter.Child outcomesOf(String topic, int partition) {
        return outcomes.labels(topic, String.valueOf(partition));
    }

    /** Sets the maximum number of records of a partition that were deleted before they were read, 0 or more. */
    public void lostRecords(String topic, int partition, long records) {
        lostRecords.labels(topic, String.valueOf(partition)).set((double) records);
    }

    /** Sets the number of input topics. */
    public void inputTopics(int read, int tooOld) {
        inputTopics.labels("read").set(read);
        inputTopics.labels("too_old").set(tooOld);
    }

    /** The recall of known Solar System objects. */
    public KnownObjectMetrics knownObjects() {
        return knownObjects;
    }

    /** Sets the live model and its execution provider. */
    public synchronized void classifiedBy(ModelLabels next) {
        model.labels(next.values()).set(1); // before the old one is removed, so that every scrape has a model
        if (activeModel != null && !Arrays.equals(activeModel.values(), next.values())) {
            model.remove(activeModel.values());
        }
        activeModel = next;
        movedTo(next.executionProvider());
    }

    /** Sets the execution provider. */
    public synchronized void movedTo(String executionProvider) {
        provider.clear();
        provider.labels(executionProvider).set(1);
    }

    /** Counts a published verdict. */
    public void classified(Verdict verdict) {
        child(verdictCounts, verdict).inc();
    }

    /** Records the probability of a scored alert. */
    public void scored(float probability) {
        score.observe(probability);
    }

    /** Counts the reason of an abstention. */
    public void abstained(Abstention reason) {
        child(abstentionCounts, reason).inc();
    }

    /** Counts a dead letter. */
    public void deadLettered(ErrorClass error) {
        deadLetterCount.inc();
        child(errorCounts, error).inc();
    }

    /** Counts an alert scored by the processor. */
    public void unbatched() {
        unbatched.inc();
    }

    /** Records the size of a batch scored at the poll. */
    public void batchOf(int records) {
        batchSize.observe(records);
    }

    /** Records the time of a stage. */
    public void elapsedNanos(PipelineStage stage, long nanos) {
        child(stageTimes, stage).observe(nanos / NANOS_PER_SECOND);
    }

    /** Records the end-to-end latency of an alert; negative ones, from clock differences, count as 0. */
    public void endToEndMillis(long millis) {
        endToEnd.observe(Math.max(millis, 0) / MILLIS_PER_SECOND);
    }

    /** Records the time since the observation of an alert; negative ones count as 0. */
    public void observedBefore(double seconds) {
        observationAge.observe(Math.max(seconds, 0));
    }

    /** Processed alerts by outcome: the verdicts in lower case, then {@code dead_letter}. */
    public Map<String, Double> outcomeCounts() {
        Map<String, Double> counts = new LinkedHashMap<>();
        verdictCounts.forEach((verdict, count) -> counts.put(labelValue(verdict), count.get()));
        counts.put(DEAD_LETTER, deadLetterCount.get());
        return counts;
    }

    /** Alerts with a latency up to each of {@link #END_TO_END_BUCKETS}, then all alerts. */
    public List<Double> endToEndCounts() {
        return DoubleStream.of(endToEnd.labels().get().buckets).boxed().toList();
    }
}
