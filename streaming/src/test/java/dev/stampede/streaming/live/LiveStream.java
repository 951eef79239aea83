package dev.stampede.streaming.live;

import dev.stampede.schemas.Label;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.streaming.observe.Condition;
import dev.stampede.streaming.observe.ObservationServer;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.publish.StampAlertWriter;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.ScoringModel;
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
    private final ObservationServer server;
    private final Thread judging;
    private final List<Label> labels = Collections.synchronizedList(new ArrayList<>());

    private LiveStream(ScoringModel model, int port) {
        Scoring scoring = new Scoring(model, 100_000, metrics, Clock.systemUTC());
        List<Condition> fine = List.of(new Condition("streams", true, "running"));
        page = LivePage.of(scoring, () -> fine, Optional.of(labels::add));
        server = ObservationServer.start(port, metrics.registry(), List::of, () -> fine, page.routes());
        judging = new Thread(() -> judge(scoring), "judging");
    }

    /** On {@code port}, or a free one where that is 0. */
    static LiveStream start(ScoringModel model, int port) {
        LiveStream stream = new LiveStream(model, port);
        stream.judging.start();
        return stream;
    }

    private void judge(Scoring scoring) {
        SimulationSettings settings = SimulationSettings.standard();
        Simulator simulator = Simulator.of(settings.withSignalToNoise(5, 60), 5);
        Simulator blank = Simulator.of(settings.only(CandidateKind.BLANK), 5);
        try (PollScorer scorer = scoring.newScorer()) {
            for (int first = 0; !Thread.currentThread().isInterrupted(); first += BATCH) {
                List<byte[]> values = IntStream.range(first, first + BATCH)
                        .mapToObj(i -> StampAlertWriter.write(
                                "alert " + i,
                                i % 3 == 0 ? "DEEP" : "NEAR",
                                settings.coadds(),
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
        if (outcome instanceof Outcome.Judged judged) {
            metrics.classified(judged.judgement().verdict());
            metrics.endToEndMillis(30);
        }
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
        judging.interrupt();
        boolean interrupted = false;
        while (judging.isAlive()) {
            try {
                judging.join();
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
