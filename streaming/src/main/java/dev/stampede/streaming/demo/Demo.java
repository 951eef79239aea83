package dev.stampede.streaming.demo;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.live.LivePage;
import dev.stampede.streaming.observe.ObservationServer;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.publish.OutcomeReader;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.ScoringModel;
import dev.stampede.streaming.topology.StampedeStream;
import dev.stampede.streaming.topology.StreamSettings;
import dev.stampede.streaming.topology.Topics;
import dev.stampede.streaming.watch.PopulationWatch;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** A broker, a feed of simulated alerts, the stream and a reader of its outcomes, in one JVM. */
public final class Demo {
    /** Enough that the recall of a run is known to half a per cent. */
    private static final int POOL_SIZE = 10_000;

    private static final int PARTITIONS = 4;
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    /** Without an outcome for this long, those that are left will never come. */
    private static final Duration READING = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long LOOK_EVERY_MILLIS = 50;

    private final DemoSettings settings;
    private final ScoringModel model;
    private final LongFunction<Candidate> candidates;
    private final PrintStream notes;
    private final LiveLine live;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Ledger ledger = new Ledger();
    private final Gallery gallery = new Gallery();

    /**
     * @param model what judges; the caller closes it
     * @param candidates a simulated candidate for each index from 0 on, in the model's channels
     * @param notes where it tells what it does
     * @param terminal whether {@code notes} is a terminal
     */
    public Demo(
            DemoSettings settings,
            ScoringModel model,
            LongFunction<Candidate> candidates,
            PrintStream notes,
            boolean terminal) {
        this.settings = settings;
        this.model = model;
        this.candidates = candidates;
        this.notes = notes;
        this.live = new LiveLine(notes, terminal);
    }

    /** Ends a demo that runs: what is under way still gets its outcome. Any thread may call it. */
    public void stop() {
        stop.countDown();
    }

    /**
     * Runs to the end.
     *
     * @throws CommandFailure if it cannot start, or a part of it failed on the way
     */
    public DemoReport run() throws InterruptedException {
        StreamMetrics metrics = new StreamMetrics();
        notes.println("Simulating " + POOL_SIZE + " alerts...");
        SpecimenPool pool = SpecimenPool.of(candidates, model.identity().channels(), POOL_SIZE, settings.seed());
        notes.println("Starting a broker and the stream...");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(PARTITIONS, Topics.DEFAULT.all());
            StreamSettings streamSettings =
                    StreamSettings.of(Map.of(StreamSettings.BOOTSTRAP_SERVERS, broker.address()));
            Scoring scoring = new Scoring(model, streamSettings.input(), metrics, Clock.systemUTC());
            PopulationWatch.begin(scoring);
            OutcomeReader reader = OutcomeReader.start(
                    broker.address(),
                    List.of(Topics.DEFAULT.classifications(), Topics.DEFAULT.deadLetters()),
                    new OutcomeBook(Topics.DEFAULT, ledger, gallery));
            try (reader; // closed last, when no more outcomes can come
                    StampedeStream stream = StampedeStream.start(streamSettings, scoring);
                    LivePage page = LivePage.of(scoring, stream::readiness);
                    ObservationServer server = ObservationServer.start(
                            settings.httpPort(),
                            metrics.registry(),
                            stream::liveness,
                            stream::readiness,
                            page.routes())) {
                awaitRunning(stream);
                notes.println("Broker " + broker.address() + ", live page http://127.0.0.1:" + server.port() + "/"
                        + (settings.alerts().isPresent() ? "" : "; Ctrl-C ends it"));
                try (AlertFeed feed =
                        AlertFeed.start(broker.address(), Topics.DEFAULT.alerts(), pool, ledger, settings)) {
                    watch(feed, reader, stream);
                }
            }
            boolean allRead = reader.finish(READING);
            live.end();
            failIfStopped("reading outcomes back", reader.failure().orElse(null));
            if (!allRead) {
                throw CommandFailure.failed(
                        "The outcomes could not be read to their end within " + READING.toSeconds() + " s");
            }
        }
        return new DemoReport(
                ledger.tally(),
                model.identity(),
                settings.alertsPerSecond().isPresent(),
                gallery.sheet(pool, model.identity().channels(), settings.seed()));
    }

    private static void awaitRunning(StampedeStream stream) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (stream.state() != KafkaStreams.State.RUNNING) {
            failIfStopped("the stream", stream.failure().orElse(null));
            if (System.nanoTime() > deadline) {
                throw CommandFailure.failed("The stream was not running within " + START_TIMEOUT.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /** Until all alerts have their outcome, or none has come for too long. */
    private void watch(AlertFeed feed, OutcomeReader reader, StampedeStream stream) throws InterruptedException {
        long outcomes = 0;
        long lastProgress = System.nanoTime();
        while (true) {
            Tally tally = ledger.tally();
            live.show(tally);
            failIfStopped("the stream", stream.failure().orElse(null));
            failIfStopped("the feed of alerts", feed.failure());
            failIfStopped("reading outcomes back", reader.failure().orElse(null));
            if (tally.outcomes() != outcomes) {
                outcomes = tally.outcomes();
                lastProgress = System.nanoTime();
            }
            boolean waitedInVain = tally.missing() > 0 && System.nanoTime() - lastProgress > PATIENCE.toNanos();
            if ((feed.isDone() && tally.missing() == 0) || waitedInVain) {
                return;
            }
            if (stop.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS) && !feed.isDone()) {
                feed.close();
            }
        }
    }

    private static void failIfStopped(String part, @Nullable Throwable failure) {
        if (failure != null) {
            throw CommandFailure.failed("The demo stopped, for " + part + " failed: " + failure);
        }
    }
}
