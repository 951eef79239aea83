package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.contract.ModelFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A stream that gets more alerts than it can judge. */
final class OverloadScene implements DrillScene {
    private static final int PER_SECOND = 4000;

    @Override
    public List<String> alerts() {
        return List.of("StampedeLatency", "StampedeLagGrows");
    }

    @Override
    public void play(DrillStage stage) throws InterruptedException {
        ModelFile slow = ModelFile.read(Path.of("resnet14"));
        DrillAlerts alerts = DrillAlerts.of(slow);
        Path model = stage.modelFile("overload.onnx", slow.bytes());
        try (DrillStream stream = DrillStream.open(stage.folder(), "overload")) {
            Map<String, String> settings = stream.settings(model);
            settings.put("score.views", "8");
            settings.put("threads", "1");
            settings.put("batch.max-alerts", "32");
            try (StreamProcess process = StreamProcess.start(stage.folder(), "overload", settings)) {
                process.awaitRunning();
                stage.scrape("stampede", process.httpPort());
                stage.prove(
                        alerts(),
                        PER_SECOND + " alerts a second for one thread of resnet14 in eight views",
                        () -> stream.feed().send(PER_SECOND, alerts.good()));
                stage.mend("StampedeLagGrows", stream.feed()::pause);
            }
        }
    }
}
