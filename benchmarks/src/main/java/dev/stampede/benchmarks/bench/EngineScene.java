package dev.stampede.benchmarks.bench;

import dev.stampede.streaming.BreakingModel;
import dev.stampede.streaming.observe.ObservationServer;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.scoring.GuardedModel;
import dev.stampede.streaming.scoring.OnEngineFailure;
import dev.stampede.streaming.scoring.ProvenModel;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.scoring.ScoringModel;
import dev.stampede.streaming.topology.StampedeStream;
import dev.stampede.streaming.topology.StreamSettings;
import dev.stampede.streaming.topology.TopicCheck;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Streams in this process, whose engine fails as a GPU does; no GPU is needed for it. */
final class EngineScene implements DrillScene {
    private static final String UNBATCHED = "StampedeUnbatched";
    private static final String DEGRADED = "StampedeProviderDegraded";
    private static final int PER_SECOND = 50;

    @Override
    public List<String> alerts() {
        return List.of(UNBATCHED, DEGRADED);
    }

    @Override
    public void play(DrillStage stage) throws InterruptedException {
        DrillAlerts alerts = DrillAlerts.of(stage.model());
        StreamMetrics once = new StreamMetrics();
        try (ScoringModel model = BreakingModel.onceAfter(0, ProvenModel.open(stage.model()))) {
            play(stage, alerts, "unbatched", model, once, UNBATCHED, "the engine fails in one run");
        }
        StreamMetrics forGood = new StreamMetrics();
        try (ScoringModel model = GuardedModel.over(
                BreakingModel.after(0, ProvenModel.open(stage.model())),
                OnEngineFailure.CPU,
                () -> ProvenModel.open(stage.model()),
                forGood)) {
            play(
                    stage,
                    alerts,
                    "degraded",
                    model,
                    forGood,
                    DEGRADED,
                    "the engine fails for good, engine.on-failure=cpu");
        }
    }

    private static void play(
            DrillStage stage,
            DrillAlerts alerts,
            String name,
            ScoringModel model,
            StreamMetrics metrics,
            String alert,
            String fault)
            throws InterruptedException {
        try (DrillStream around = DrillStream.open(stage.folder(), name)) {
            StreamSettings settings = StreamSettings.of(around.settings(Path.of("in-this-process")));
            TopicCheck.demand(settings);
            Scoring scoring = new Scoring(model, settings.input(), metrics, Clock.systemUTC(), settings.explanations());
            try (StampedeStream stream = StampedeStream.of(settings, scoring);
                    ObservationServer server = ObservationServer.start(
                            0, metrics.registry(), stream::liveness, stream::readiness, List.of())) {
                stream.begin();
                stage.scrape("stampede", server.port());
                stage.demand("kafka_streams_state{state=\"running\"} == 1");
                stage.prove(List.of(alert), fault, () -> around.feed().send(PER_SECOND, alerts.good()));
                if (alert.equals(UNBATCHED)) {
                    stage.mend(UNBATCHED, () -> {}); // by itself: it failed once
                }
            }
        }
    }
}
