package dev.stampede.systemtests.drill;

import dev.stampede.streaming.BreakingModel;
import dev.stampede.streaming.monitor.AdminServer;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.FailoverModel;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.service.StampedeStream;
import dev.stampede.streaming.service.StreamTopics;
import dev.stampede.streaming.settings.EngineFailurePolicy;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.systemtests.harness.InProcessStream;
import java.util.List;

/** Streams in this process whose engine fails as a GPU does; no GPU is needed. */
final class EngineFaults {
    static final String UNBATCHED = "StampedeUnbatched";
    static final String DEGRADED = "StampedeProviderDegraded";

    private static final int PER_SECOND = 50;

    private EngineFaults() {}

    static void inject(Drill drill) throws InterruptedException {
        try (DrillStream stream = new DrillStream(drill, "unbatched", drill.model());
                ModelHandle model = BreakingModel.onceAfter(0, VerifiedModel.open(drill.model()))) {
            inject(drill, stream, model, new StreamMetrics(), UNBATCHED, "the engine fails in one run");
        }
        StreamMetrics metrics = new StreamMetrics();
        try (DrillStream stream = new DrillStream(drill, "degraded", drill.model());
                ModelHandle model = FailoverModel.over(
                        BreakingModel.after(0, VerifiedModel.open(drill.model())),
                        EngineFailurePolicy.CPU,
                        () -> VerifiedModel.open(drill.model()),
                        metrics)) {
            inject(drill, stream, model, metrics, DEGRADED, "the engine fails permanently, engine.on-failure=cpu");
        }
    }

    private static void inject(
            Drill drill, DrillStream around, ModelHandle model, StreamMetrics metrics, String alert, String fault)
            throws InterruptedException {
        StreamSettings settings = InProcessStream.settings(around.settings());
        StreamTopics.require(settings);
        InProcessStream.Scorers scorers = InProcessStream.scorers(model, settings, metrics);
        try (StampedeStream stream = StampedeStream.of(settings, scorers.scoring(), scorers.explainers());
                AdminServer server =
                        AdminServer.start(0, metrics.registry(), stream::liveness, stream::readiness, List.of())) {
            stream.begin();
            drill.scrape("stampede", server.port());
            drill.require("kafka_streams_state{state=\"running\"} == 1");
            drill.inject(List.of(alert), fault, () -> around.send(PER_SECOND));
            if (alert.equals(UNBATCHED)) {
                drill.repair(UNBATCHED, () -> {}); // it failed only once
            }
        }
    }
}
