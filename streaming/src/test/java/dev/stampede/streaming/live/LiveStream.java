package dev.stampede.streaming.live;

import dev.stampede.schemas.Label;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.streaming.monitor.AdminServer;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.StampAlertWriter;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.PollScorer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Judges simulated alerts of two surveys, some of them blank, with a page over it: a stream without a broker. */
final class LiveStream implements AutoCloseable {
    private static final int BATCH = 20;

    private final StreamMetrics metrics = new StreamMetrics();
    private final LivePage page;
    private final AdminServer server;
    private final Thread activeModel;
    private volatile boolean brokersAnswer = true;
    private final List<Label> labels = Collections.synchronizedList(new ArrayList<>());

    private LiveStream(ModelHandle model, int port) {
        AlertScorerFactory scoring = new AlertScorerFactory(model, 100_000, metrics, Clock.systemUTC());
        page = LivePage.of(scoring, this::readiness, Optional.of(labels::add));
        server = AdminServer.start(port, metrics.registry(), List::of, this::readiness, page.routes());
        activeModel = new Thread(() -> predict(scoring), "judging");
    }

    /** On {@code port}, or a free one where that is 0. */
    static LiveStream start(ModelHandle model, int port) {
        LiveStream stream = new LiveStream(model, port);
        stream.activeModel.start();
        return stream;
    }

    private void predict(AlertScorerFactory scoring) {
        SimulationSettings settings = SimulationSettings.standard();
        Simulator simulator = Simulator.of(settings.withSignalToNoise(5, 60), 5);
        Simulator blank = Simulator.of(settings.only(CandidateKind.BLANK), 5);
        try (PollScorer scorer = scoring.newScorer()) {
            for (int first = 0; !Thread.currentThread().isInterrupted(); first += BATCH) {
                List<byte[]> values = IntStream.range(first, first + BATCH)
                        .mapToObj(i -> StampAlertWriter.write(
                                "alert " + i,
                                i % 3 == 0 ? "DEEP" : "NEAR",
                                settings.planes(),
                                (i % 10 == 0 ? blank : simulator).candidate(i).stamp()))
                        .toList();
                scorer.score(values).forEach(this::count);
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(Outcome outcome) {
        if (outcome instanceof Outcome.Classified classified) {
            metrics.classified(classified.prediction().verdict());
            metrics.endToEndMillis(30);
        }
    }

    private List<HealthCheck> readiness() {
        return List.of(new HealthCheck(
                "kafka", brokersAnswer, brokersAnswer ? "brokers answer" : "no broker has answered since 12:00"));
    }

    /** From now on no broker answers, or all do again. */
    void brokersAnswer(boolean answer) {
        brokersAnswer = answer;
    }

    /** The labels that were given on the page. */
    List<Label> labels() {
        return List.copyOf(labels);
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        activeModel.interrupt();
        boolean interrupted = false;
        while (activeModel.isAlive()) {
            try {
                activeModel.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        server.close();
        page.close();
    }
}
