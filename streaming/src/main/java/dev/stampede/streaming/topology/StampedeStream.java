package dev.stampede.streaming.topology;

import dev.stampede.streaming.observe.Condition;
import dev.stampede.streaming.observe.KafkaMetrics;
import dev.stampede.streaming.observe.LagTrend;
import dev.stampede.streaming.observe.ReadinessMetrics;
import dev.stampede.streaming.release.ModelOpening;
import dev.stampede.streaming.release.ReleaseFollower;
import dev.stampede.streaming.scoring.BatchScoring;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.Scoring;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running stream. It stops for good at the first exception of a stream thread: restarting the program, with what it
 * left uncommitted, is the business of whoever runs it. Thread-safe.
 */
public final class StampedeStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StampedeStream.class);

    private final KafkaStreams streams;
    private final Scoring scoring;
    private final Optional<ExplanationStream> explanations;
    private final Optional<ReleaseFollower> releases;
    private final Duration stopAtMost;
    private final KafkaMetrics kafkaMetrics;
    private final ReadinessMetrics readinessMetrics = new ReadinessMetrics(this::readiness);
    private final LagTrend lagTrend = new LagTrend();
    private final List<Supplier<Condition>> readiness;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private StampedeStream(
            KafkaStreams streams,
            Scoring scoring,
            Optional<ExplanationStream> explanations,
            Optional<ReleaseFollower> releases,
            Duration stopAtMost) {
        this.streams = streams;
        this.scoring = scoring;
        this.explanations = explanations;
        this.releases = releases;
        this.stopAtMost = stopAtMost;
        Map<String, KafkaStreams> measured = new LinkedHashMap<>(Map.of(KafkaMetrics.VERDICTS, streams));
        explanations.ifPresent(stream -> measured.put(KafkaMetrics.EXPLANATIONS, stream.streams()));
        this.kafkaMetrics = new KafkaMetrics(measured);
        this.readiness = readinessChecks();
    }

    /**
     * Starts a stream that judges with {@code scoring}; it joins its group in the background. The caller closes the
     * stream, then the model.
     *
     * @throws dev.stampede.stamps.terminal.CommandFailure if Kafka does not answer or a topic does not exist
     */
    public static StampedeStream start(StreamSettings settings, Scoring scoring) {
        TopicCheck.demand(settings);
        StampedeStream stream = of(settings, scoring);
        stream.begin();
        return stream;
    }

    /**
     * A stream that is ready to {@link #begin}, over topics that are there. The caller closes it, then the model.
     *
     * @throws dev.stampede.stamps.terminal.CommandFailure if Kafka does not take a setting that is passed through
     */
    public static StampedeStream of(StreamSettings settings, Scoring scoring) {
        return of(settings, scoring, Optional.empty());
    }

    /**
     * The same, but where the settings name a topic of releases, it judges with what is live there: from its beginning,
     * and with each release from then on.
     *
     * @param opening opens released models
     * @throws dev.stampede.stamps.terminal.CommandFailure if the releases cannot be read besides
     */
    public static StampedeStream following(StreamSettings settings, Scoring scoring, ModelOpening opening) {
        Optional<ReleaseFollower> releases =
                settings.releases().map(from -> ReleaseFollower.open(from, scoring, opening));
        boolean made = false;
        try {
            StampedeStream stream = of(settings, scoring, releases);
            made = true;
            return stream;
        } finally {
            if (!made) {
                releases.ifPresent(ReleaseFollower::close);
            }
        }
    }

    private static StampedeStream of(StreamSettings settings, Scoring scoring, Optional<ReleaseFollower> releases) {
        Properties config = settings.streamsConfig();
        config.put(StreamsConfig.mainConsumerPrefix(BatchScoring.SCORING), scoring);
        scoring.metrics().judgedBy(scoring.model().identity().inMetrics());
        KafkaStreams streams;
        Optional<ExplanationStream> explanations;
        try {
            streams = new KafkaStreams(VerdictTopology.of(settings.topics(), scoring), config);
            explanations = scoring.explaining()
                    .filter(explaining -> explaining.settings().explainsLater())
                    .map(explaining -> ExplanationStream.of(settings, explaining));
        } catch (KafkaException e) {
            TopicCheck.refuseIfMisconfigured(e);
            throw e;
        }
        StampedeStream stream = new StampedeStream(streams, scoring, explanations, releases, settings.stopAtMost());
        scoring.metrics().registry().register(stream.kafkaMetrics);
        scoring.metrics().registry().register(stream.readinessMetrics);
        streams.setUncaughtExceptionHandler(stream::stopFor);
        streams.setStateListener((now, before) -> stream.entered(now));
        return stream;
    }

    /** Joins its group, in the background. */
    public void begin() {
        streams.start();
        explanations.ifPresent(ExplanationStream::begin);
        releases.ifPresent(ReleaseFollower::begin);
    }

    private StreamThreadExceptionResponse stopFor(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            LOG.error("The stream stops: a stream thread failed", cause);
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

    /** What stopped the stream; empty while nothing has. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Waits until the stream has ended, closed or failed, and answers whether it has. */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the process does its work at all: it does not hold once a thread has failed. */
    public List<Condition> liveness() {
        return List.of(new Condition(
                "stream",
                failure().isEmpty(),
                failure().map(cause -> "stopped: " + cause.getMessage()).orElse("no thread has failed")));
    }

    /** Whether verdicts come, and as they should: each check by its name, with its words. */
    public List<Condition> readiness() {
        return Stream.of(
                        readiness.stream().map(Supplier::get),
                        explanations.map(ExplanationStream::readiness).stream(),
                        releases.map(ReleaseFollower::readiness).stream())
                .flatMap(conditions -> conditions)
                .toList();
    }

    private List<Supplier<Condition>> readinessChecks() {
        return List.of(
                this::model,
                this::engine,
                this::schemas,
                this::streams,
                () -> lagTrend.look(scoring.clock().millis(), kafkaMetrics.lag()),
                this::batching);
    }

    private Condition model() {
        ModelIdentity model = scoring.model().identity();
        return new Condition("model", true, "proven: " + model.name() + " " + model.version());
    }

    private Condition engine() {
        Optional<String> degradation = scoring.model().degradation();
        String words = degradation.orElseGet(
                () -> "scores on " + scoring.model().identity().executionProvider());
        return new Condition("engine", degradation.isEmpty(), words);
    }

    private Condition schemas() {
        Optional<String> outage = scoring.input().schemas().outage();
        String words = outage.map(reason -> "waiting for the schema registry: " + reason)
                .orElse("at hand");
        return new Condition("schemas", outage.isEmpty(), words);
    }

    private Condition streams() {
        KafkaStreams.State state = state();
        return new Condition("streams", state == KafkaStreams.State.RUNNING, words(state));
    }

    private Condition batching() {
        Optional<RuntimeException> failed = scoring.batchFailure();
        String words = failed.map(cause -> "a poll could not be scored as a batch: " + cause.getMessage())
                .orElse("polls are scored as batches");
        return new Condition("batching", failed.isEmpty(), words);
    }

    static String words(KafkaStreams.State state) {
        return switch (state) {
            case CREATED -> "not started yet";
            case REBALANCING -> "joining the group, or sharing its partitions out anew";
            case RUNNING -> "running";
            case PENDING_SHUTDOWN -> "stopping";
            case NOT_RUNNING -> "stopped";
            case PENDING_ERROR, ERROR -> "stopped by a failure";
        };
    }

    /**
     * Finishes what is under way, commits it and leaves the group, so that others, or the next start, take over at once
     * and not only when the session has timed out. Closing twice does nothing.
     */
    @Override
    public void close() {
        scoring.metrics().registry().unregister(kafkaMetrics);
        scoring.metrics().registry().unregister(readinessMetrics);
        long start = System.nanoTime();
        boolean closed = streams.close(leavingWithin(stopAtMost));
        Duration left = stopAtMost.minusNanos(System.nanoTime() - start);
        closed &= explanations
                .map(stream -> stream.close(leavingWithin(left.isNegative() ? Duration.ZERO : left)))
                .orElse(true);
        releases.ifPresent(ReleaseFollower::close);
        if (!closed) {
            LOG.warn("The stream did not close within {}; what it had not committed is done again", stopAtMost);
        }
    }

    private static CloseOptions leavingWithin(Duration atMost) {
        return CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(atMost);
    }
}
