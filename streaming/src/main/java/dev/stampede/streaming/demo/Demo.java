package dev.stampede.streaming.demo;

import dev.stampede.commandline.LiveLine;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.deadletter.DeadLetterLog;
import dev.stampede.streaming.drift.PopulationMonitor;
import dev.stampede.streaming.kafka.ClassificationReader;
import dev.stampede.streaming.kafka.TopicFollower;
import dev.stampede.streaming.live.LivePage;
import dev.stampede.streaming.monitor.AdminServer;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.service.GracefulShutdown;
import dev.stampede.streaming.service.HiddenLogger;
import dev.stampede.streaming.service.StampedeStream;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** Runs a broker, a feed of simulated alerts, the stream and a reader of its outcomes in one JVM. */
public final class Demo {
    /** With that many templates the recall of a run is known to half a per cent. */
    private static final int POOL_SIZE = 10_000;

    private static final int PARTITIONS = 4;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);
    /** Alerts without an outcome are lost if no outcome arrives for this time. */
    private static final Duration OUTCOME_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final long CHECK_MILLIS = 50;

    private final DemoSettings settings;
    private final ModelHandle model;
    private final LongFunction<DemoCandidate> candidates;
    private final PrintStream notes;
    private final boolean terminal;
    private final GracefulShutdown shutdown;
    private final ConservationCheck conservation = new ConservationCheck();
    private final SampleSheet samples = new SampleSheet();
    private final ClassificationReader classifications = new ClassificationReader(SchemaSource.NONE);

    /**
     * @param model the live model; the caller closes it
     * @param candidates a candidate for each index from 0, in the planes of the model
     * @param notes for messages about its progress
     * @param terminal whether {@code notes} is a terminal
     * @param shutdown ends a running demo; alerts in flight still get their outcome
     */
    public Demo(
            DemoSettings settings,
            ModelHandle model,
            LongFunction<DemoCandidate> candidates,
            PrintStream notes,
            boolean terminal,
            GracefulShutdown shutdown) {
        this.settings = settings;
        this.model = model;
        this.candidates = candidates;
        this.notes = notes;
        this.terminal = terminal;
        this.shutdown = shutdown;
    }

    /**
     * Runs to the end.
     *
     * @return empty if it was stopped before its first alert
     * @throws DemoException if it cannot start, or a part of it failed
     */
    public Optional<DemoReport> run() throws InterruptedException {
        StreamMetrics metrics = new StreamMetrics();
        notes.println(String.format(
                Locale.ROOT,
                "Simulating %,d alerts, from which %s are drawn at random with repetition...",
                POOL_SIZE,
                settings.isEndless() ? "those to send" : String.format(Locale.ROOT, "%,d", settings.alerts())));
        AlertTemplatePool pool;
        try {
            pool = AlertTemplatePool.of(
                    this::candidateUnlessStopped, model.identity().planes(), POOL_SIZE, settings.seed());
        } catch (CancellationException stopped) {
            return Optional.empty();
        }
        notes.println("Starting a broker and the stream...");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            if (shutdown.isRequested()) {
                return Optional.empty();
            }
            stream(broker, metrics, pool);
        }
        return Optional.of(new DemoReport(
                conservation.counts(),
                conservation.truth(),
                model.identity(),
                settings.isPaced(),
                samples.sheet(pool, model.identity().planes(), settings.seed())));
    }

    private DemoCandidate candidateUnlessStopped(long index) {
        if (shutdown.isRequested()) {
            throw new CancellationException();
        }
        return candidates.apply(index);
    }

    /** Sends all alerts through a stream and reads their outcomes. */
    private void stream(EmbeddedBroker broker, StreamMetrics metrics, AlertTemplatePool pool)
            throws InterruptedException {
        broker.createTopics(PARTITIONS, TopicNames.DEFAULT.all());
        StreamSettings streamSettings = StreamSettings.of(Map.of(StreamSettings.BOOTSTRAP_SERVERS, broker.address()));
        AlertScorerFactory scoring = new AlertScorerFactory(model, streamSettings.input(), metrics, Clock.systemUTC());
        PopulationMonitor.begin(scoring);
        TopicFollower outcomes = TopicFollower.start(
                broker.address(),
                List.of(TopicNames.DEFAULT.classifications(), TopicNames.DEFAULT.deadLetters()),
                this::record);
        HiddenLogger expectedWarnings = HiddenLogger.of(DeadLetterLog.class); // some alerts are undecodable
        try (outcomes; // closed last, when no more outcomes can arrive
                expectedWarnings;
                StampedeStream stream = StampedeStream.start(streamSettings, scoring);
                LivePage page = LivePage.of(scoring, stream.status());
                AdminServer server = AdminServer.start(
                        settings.httpPort(), metrics.registry(), stream::liveness, stream::readiness, page.routes())) {
            awaitRunning(stream);
            notes.println("Broker " + broker.address() + ", live page http://127.0.0.1:" + server.port() + "/"
                    + (settings.isEndless() ? "; stop it with Ctrl-C" : ""));
            try (AlertFeed feed =
                    AlertFeed.start(broker.address(), TopicNames.DEFAULT.alerts(), pool, conservation, settings)) {
                monitor(feed, outcomes, stream);
            }
        }
        boolean allRead = outcomes.finish(READ_TIMEOUT);
        failIfStopped("the reader of outcomes", outcomes.failure());
        if (!allRead) {
            throw new DemoException("The outcomes could not be read within " + READ_TIMEOUT.toSeconds() + " s");
        }
    }

    private static void awaitRunning(StampedeStream stream) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (stream.state() != KafkaStreams.State.RUNNING) {
            failIfStopped("the stream", stream.failure().orElse(null));
            if (System.nanoTime() > deadline) {
                throw new DemoException("The stream was not running within " + START_TIMEOUT.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(CHECK_MILLIS);
        }
    }

    private void record(ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        long number = DemoAlertId.of(outcome.key());
        if (outcome.topic().equals(TopicNames.DEFAULT.deadLetters())) {
            conservation.deadLettered(number);
        } else {
            Classification classification = classifications.decode(outcome);
            long age =
                    System.currentTimeMillis() - classification.getIngestTime().toEpochMilli();
            conservation.classified(number, classification.getVerdict(), age);
            samples.add(number, classification);
        }
    }

    /** Waits until all alerts have their outcome, or none arrives for too long. */
    private void monitor(AlertFeed feed, TopicFollower reader, StampedeStream stream) throws InterruptedException {
        long outcomes = 0;
        long shownOutcomes = 0;
        long lastProgress = System.nanoTime();
        try (LiveLine line = new LiveLine(notes, terminal, REDRAW)) {
            while (true) {
                DemoCounts counts = conservation.counts();
                if (line.isDue()) {
                    line.show(describe(counts, (counts.outcomes() - shownOutcomes) / line.secondsSinceShown()));
                    shownOutcomes = counts.outcomes();
                }
                failIfStopped("the stream", stream.failure().orElse(null));
                failIfStopped("the feed of alerts", feed.failure());
                failIfStopped("the reader of outcomes", reader.failure());
                if (counts.outcomes() != outcomes) {
                    outcomes = counts.outcomes();
                    lastProgress = System.nanoTime();
                }
                boolean timedOut = counts.missing() > 0 && System.nanoTime() - lastProgress > OUTCOME_TIMEOUT.toNanos();
                if ((feed.isDone() && counts.missing() == 0) || timedOut) {
                    return;
                }
                if (shutdown.await(CHECK_MILLIS) && !feed.isDone()) {
                    feed.close();
                }
            }
        }
    }

    private static String describe(DemoCounts counts, double perSecond) {
        return String.format(
                Locale.ROOT,
                "%,.0f alerts/s  %,d REAL  %,d BOGUS  %,d ABSTAIN  %,d dead letters  p99 %,d ms",
                perSecond,
                counts.count(Verdict.REAL),
                counts.count(Verdict.BOGUS),
                counts.count(Verdict.ABSTAIN),
                counts.deadLetters(),
                counts.timing().p99Millis());
    }

    private static void failIfStopped(String part, @Nullable Throwable failure) {
        if (failure != null) {
            throw new DemoException("The demo stopped: " + part + " failed: " + FailureReason.of(failure));
        }
    }
}
