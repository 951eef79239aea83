package dev.stampede.streaming.service;

import dev.stampede.streaming.monitor.BrokerMonitor;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.KafkaMetrics;
import dev.stampede.streaming.monitor.LagReading;
import dev.stampede.streaming.monitor.LagTrend;
import dev.stampede.streaming.monitor.StreamStatus;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/** The readiness checks of a stream, and the thread that asks the brokers and samples the lag for them. Thread-safe. */
final class StreamReadiness implements StreamStatus, AutoCloseable {
    private final AlertScorerFactory scoring;
    private final KafkaMetrics kafkaMetrics;
    private final BrokerMonitor brokers;
    private final LagTrend lagTrend = new LagTrend();
    private final List<Supplier<HealthCheck>> checks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "readiness");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param brokers closed with this
     * @param more further checks
     */
    StreamReadiness(
            AlertScorerFactory scoring,
            KafkaStreams streams,
            KafkaMetrics kafkaMetrics,
            BrokerMonitor brokers,
            List<Supplier<HealthCheck>> more) {
        this.scoring = scoring;
        this.kafkaMetrics = kafkaMetrics;
        this.brokers = brokers;
        checks = new ArrayList<>(List.of(
                this::model,
                this::engine,
                this::schemas,
                brokers::brokers,
                brokers::topics,
                () -> HealthCheck.ofState("streams", streams.state()),
                this::checkLag,
                this::batching));
        checks.addAll(more);
    }

    /** Begins to ask the brokers. */
    void begin() {
        Runnable check = () -> {
            brokers.check();
            kafkaMetrics.lag(); // so that its age is known between two requests
        };
        var unused = timer.scheduleWithFixedDelay(check, 0, BrokerMonitor.INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public List<HealthCheck> readiness() {
        return checks.stream().map(Supplier::get).toList();
    }

    @Override
    public OptionalDouble lag() {
        LagReading lag = kafkaMetrics.lag();
        return lag.isMeasured() && !lag.isStale(scoring.clock().millis())
                ? OptionalDouble.of(lag.alerts())
                : OptionalDouble.empty();
    }

    /** Asks the brokers now: what is wrong with the topics, each problem with its topic. */
    List<String> topicProblems() {
        brokers.check();
        return brokers.topicProblems();
    }

    private HealthCheck model() {
        ModelIdentity model = scoring.model().identity();
        return new HealthCheck("model", true, "verified: " + model.name() + " " + model.version());
    }

    private HealthCheck engine() {
        Optional<String> degradation = scoring.model().degradation();
        String description = degradation.orElseGet(
                () -> "scores on " + scoring.model().identity().executionProvider());
        return new HealthCheck("engine", degradation.isEmpty(), description);
    }

    private HealthCheck schemas() {
        Optional<String> outage = scoring.input().schemas().outage();
        String description = outage.map(reason -> "waiting for the schema registry: " + reason)
                .orElse("available");
        return new HealthCheck("schemas", outage.isEmpty(), description);
    }

    private HealthCheck checkLag() {
        return lagTrend.observe(scoring.clock().millis(), kafkaMetrics.lag());
    }

    private HealthCheck batching() {
        Optional<RuntimeException> failed = scoring.batchFailure();
        String description = failed.map(cause -> "a poll could not be scored as one batch: " + cause.getMessage())
                .orElse("polls are scored as batches");
        return new HealthCheck("batching", failed.isEmpty(), description);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        brokers.close();
    }
}
