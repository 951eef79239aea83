package dev.stampede.streaming.service;

import dev.stampede.streaming.explain.ExplanationStream;
import dev.stampede.streaming.explain.StampExplainerFactory;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.kafka.TopicProbe;
import dev.stampede.streaming.monitor.BrokerMonitor;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.KafkaMetrics;
import dev.stampede.streaming.monitor.ReadinessMetrics;
import dev.stampede.streaming.monitor.Route;
import dev.stampede.streaming.monitor.StreamStatus;
import dev.stampede.streaming.publish.OutputRecords;
import dev.stampede.streaming.release.ModelOpener;
import dev.stampede.streaming.release.ReleaseFollower;
import dev.stampede.streaming.release.ReleaseSettings;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.DomainMonitor;
import dev.stampede.streaming.scoring.PollBatchInterceptor;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.topology.VerdictTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running stream. It stops permanently at the first exception of a stream thread, unless that only reports that a topic of a
 * pattern was deleted ({@link ThreadReplacements}); its supervisor must restart the program, which then processes the
 * uncommitted alerts again. Thread-safe.
 */
public final class StampedeStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StampedeStream.class);

    private final KafkaStreams streams;
    private final AlertScorerFactory scoring;
    private final @Nullable ExplanationStream explanations;
    private final @Nullable ReleaseFollower releases;
    private final Duration stopTimeout;
    private final KafkaMetrics kafkaMetrics;
    private final ReadinessMetrics readinessMetrics = new ReadinessMetrics(this::readiness);
    private final StreamReadiness readiness;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private StampedeStream(
            KafkaStreams streams,
            AlertScorerFactory scoring,
            @Nullable ExplanationStream explanations,
            @Nullable ReleaseFollower releases,
            BrokerMonitor brokers,
            Duration stopTimeout) {
        this.streams = streams;
        this.scoring = scoring;
        this.explanations = explanations;
        this.releases = releases;
        this.stopTimeout = stopTimeout;
        Map<String, KafkaStreams> measured = new LinkedHashMap<>(Map.of(KafkaMetrics.VERDICTS, streams));
        if (explanations != null) {
            measured.put(KafkaMetrics.EXPLANATIONS, explanations.streams());
        }
        this.kafkaMetrics = new KafkaMetrics(measured, scoring.clock());
        List<Supplier<HealthCheck>> more = new ArrayList<>();
        more.add(DomainMonitor.begin(scoring)::readiness);
        if (explanations != null) {
            more.add(explanations::readiness);
        }
        if (releases != null) {
            more.add(releases::readiness);
        }
        this.readiness = new StreamReadiness(scoring, streams, kafkaMetrics, brokers, more);
    }

    /**
     * Starts a stream that scores with {@code scoring}; it joins its group in the background. The caller closes the
     * stream, then the model.
     *
     * @throws dev.stampede.streaming.kafka.TopicCheckException if Kafka does not respond or a topic is missing
     */
    public static StampedeStream start(StreamSettings settings, AlertScorerFactory scoring) {
        return start(settings, scoring, StampExplainerFactory.none(scoring));
    }

    /** The same, with the explanations of {@code explainers}. */
    public static StampedeStream start(
            StreamSettings settings, AlertScorerFactory scoring, StampExplainerFactory explainers) {
        StreamTopics.require(settings);
        StampedeStream stream = of(settings, scoring, explainers, null);
        stream.begin();
        return stream;
    }

    /**
     * A stream that is ready to {@link #begin}; its topics exist. The caller closes it, then the model.
     *
     * @throws dev.stampede.streaming.settings.InvalidSettingException if Kafka rejects a setting that is passed through
     */
    public static StampedeStream of(StreamSettings settings, AlertScorerFactory scoring) {
        return of(settings, scoring, StampExplainerFactory.none(scoring));
    }

    /** The same, with the explanations of {@code explainers}. */
    public static StampedeStream of(
            StreamSettings settings, AlertScorerFactory scoring, StampExplainerFactory explainers) {
        return of(settings, scoring, explainers, null);
    }

    /**
     * The same with hot swap: if the settings name a topic of releases, the stream uses the live model of that topic from
     * its start, and swaps the model at each release.
     *
     * @param opener opens released models
     */
    public static StampedeStream following(StreamSettings settings, AlertScorerFactory scoring, ModelOpener opener) {
        return following(settings, scoring, StampExplainerFactory.none(scoring), opener);
    }

    /** The same, with the explanations of {@code explainers}. */
    public static StampedeStream following(
            StreamSettings settings, AlertScorerFactory scoring, StampExplainerFactory explainers, ModelOpener opener) {
        ReleaseFollower releases = ReleaseSettings.of(settings)
                .map(topic -> ReleaseFollower.open(topic, scoring, opener))
                .orElse(null);
        boolean created = false;
        try {
            StampedeStream stream = of(settings, scoring, explainers, releases);
            created = true;
            return stream;
        } finally {
            if (!created && releases != null) {
                releases.close();
            }
        }
    }

    private static KafkaStreams verdicts(
            StreamSettings settings,
            AlertScorerFactory scoring,
            StampExplainerFactory explainers,
            OutputRecords output,
            Properties config) {
        ThreadClients clients = new ThreadClients();
        // With exactly_once_v2 a verdict can be read after the commit only.
        boolean sendsAtOnce = settings.get(StreamKeys.PROCESSING_GUARANTEE).equals(StreamsConfig.AT_LEAST_ONCE);
        Topology topology = VerdictTopology.of(
                settings.alertTopics(),
                settings.topics(),
                scoring,
                explainers,
                output,
                sendsAtOnce ? clients::send : () -> {});
        return new KafkaStreams(topology, config, clients);
    }

    private static StampedeStream of(
            StreamSettings settings,
            AlertScorerFactory scoring,
            StampExplainerFactory explainers,
            @Nullable ReleaseFollower releases) {
        OutputRecords output = settings.output();
        Properties config = StreamsConfigs.of(settings);
        config.put(StreamsConfig.mainConsumerPrefix(PollBatchInterceptor.SCORING), scoring);
        scoring.metrics().classifiedBy(scoring.model().identity().labels());
        KafkaStreams streams;
        ExplanationStream explanations;
        BrokerMonitor brokers;
        try {
            streams = verdicts(settings, scoring, explainers, output, config);
            explanations = explainers.settings().explainsLater()
                    ? ExplanationStream.of(
                            StreamsConfigs.ofExplanations(settings),
                            settings.topics(),
                            explainers,
                            output,
                            RequiredRights.of(settings))
                    : null;
            brokers = BrokerMonitor.of(
                    TopicProbe.open(
                            settings.clientConfig(),
                            RequiredRights.of(settings),
                            settings.alertTopics(),
                            inputs -> scoring.metrics()
                                    .inputTopics(
                                            inputs.read().size(),
                                            inputs.tooOld().size())),
                    scoring.clock());
        } catch (KafkaException e) {
            TopicCheck.requireValidConfig(e);
            throw e;
        }
        StampedeStream stream = new StampedeStream(
                streams, scoring, explanations, releases, brokers, settings.get(StreamKeys.STOP_TIMEOUT));
        scoring.metrics().registry().register(stream.kafkaMetrics);
        scoring.metrics().registry().register(stream.readinessMetrics);
        boolean topicsMayDisappear = settings.alertTopics().isPattern();
        ThreadReplacements replacements = new ThreadReplacements(settings.get(StreamKeys.THREADS));
        streams.setUncaughtExceptionHandler(cause ->
                topicsMayDisappear && replacements.allow(cause, scoring.clock().instant())
                        ? StreamThreadExceptionResponse.REPLACE_THREAD
                        : stream.stopFor(cause));
        streams.setStateListener((now, before) -> stream.entered(now));
        return stream;
    }

    /** Joins the consumer group, in the background. */
    public void begin() {
        streams.start();
        readiness.begin();
        if (explanations != null) {
            explanations.begin();
        }
        if (releases != null) {
            releases.begin();
        }
    }

    private StreamThreadExceptionResponse stopFor(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            LOG.error("Stopping the stream: a stream thread failed", cause);
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void entered(KafkaStreams.State state) {
        if (state == KafkaStreams.State.ERROR || state == KafkaStreams.State.NOT_RUNNING) {
            ended.countDown();
        }
    }

    public KafkaStreams.State state() {
        return streams.state();
    }

    /** The exception that stopped the stream, if any. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Waits until the stream is closed or has failed, up to {@code timeout}, and returns whether it has ended. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Liveness: fails permanently when a stream thread has failed. */
    public List<HealthCheck> liveness() {
        return List.of(new HealthCheck(
                "stream",
                failure().isEmpty(),
                failure().map(cause -> "stopped: " + cause.getMessage()).orElse("no thread has failed")));
    }

    /** Readiness: whether the stream classifies alerts as configured. */
    public List<HealthCheck> readiness() {
        return readiness.readiness();
    }

    /** The readiness checks and the lag. */
    public StreamStatus status() {
        return readiness;
    }

    /** HTTP routes about the stream. */
    List<Route> routes() {
        return releases == null ? List.of() : List.of(releases.route());
    }

    /** Asks the brokers what is wrong with the topics of the stream, each problem with its topic; up to some seconds. */
    List<String> topicProblems() {
        return readiness.topicProblems();
    }

    /**
     * Processes and commits the alerts in progress and leaves the consumer group, so that other instances, or the next
     * start, take over without waiting for the session timeout. Idempotent.
     */
    @Override
    public void close() {
        scoring.metrics().registry().unregister(kafkaMetrics);
        scoring.metrics().registry().unregister(readinessMetrics);
        long start = System.nanoTime();
        boolean closed = streams.close(leavingWithin(stopTimeout));
        Duration left = stopTimeout.minusNanos(System.nanoTime() - start);
        if (explanations != null) {
            closed &= explanations.close(leavingWithin(left.isNegative() ? Duration.ZERO : left));
        }
        if (releases != null) {
            releases.close();
        }
        readiness.close();
        if (!closed) {
            LOG.atWarn()
                    .addKeyValue("timeoutMs", stopTimeout.toMillis())
                    .log("The stream did not close in time; uncommitted alerts are processed again");
        }
    }

    private static CloseOptions leavingWithin(Duration timeout) {
        return CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(timeout);
    }
}
