package dev.stampede.benchmarks.bench;

import java.nio.file.Path;
import java.util.List;

/** A stream that gets stamps of another population than its model was measured on. */
final class PopulationScene implements DrillScene {
    static final String DRIFT = "StampedeDrift";

    private static final int PER_SECOND = 200;
    private static final float GAIN = 30;

    @Override
    public List<String> alerts() {
        return List.of(DRIFT);
    }

    @Override
    public void play(DrillStage stage) throws InterruptedException {
        DrillAlerts alerts = DrillAlerts.of(stage.model());
        Path model = stage.modelFile("population.onnx", stage.model().bytes());
        try (DrillStream stream = DrillStream.open(stage.folder(), "population");
                StreamProcess process = StreamProcess.start(stage.folder(), "population", stream.settings(model))) {
            process.awaitRunning();
            stage.scrape("stampede", process.httpPort());
            stage.prove(
                    alerts(),
                    "stamps of a gain " + (int) GAIN + " times as high",
                    () -> stream.feed().send(PER_SECOND, alerts.amplified(GAIN)));
        }
    }
}
