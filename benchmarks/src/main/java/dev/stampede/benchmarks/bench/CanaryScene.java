package dev.stampede.benchmarks.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.streaming.topology.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;

/** A canary whose model has a threshold that no source reaches, and then one with the threshold it was trained to. */
final class CanaryScene implements DrillScene {
    private static final String ALERT = "StampedeMissesSources";
    private static final String JOB = "stampede-canary";
    private static final String TOPIC = "canaries";
    private static final int PER_SECOND = 100;

    /** Field 14 of ONNX's ModelProto, {@code metadata_props}, a message: the number shifted by three, and wire type 2. */
    private static final int METADATA_TAG = 14 << 3 | 2;

    @Override
    public List<String> alerts() {
        return List.of(ALERT);
    }

    @Override
    public void play(DrillStage stage) throws InterruptedException {
        byte[] good = stage.model().bytes();
        Path model = stage.modelFile("canary.onnx", good);
        Path strict = stage.modelFile("strict.onnx", with(good, "stampede.threshold", "1.0"));
        try (DrillStream stream = DrillStream.open(stage.folder(), "canary")) {
            stream.broker().createTopics(1, List.of(Topics.DEFAULT.alerts(), TOPIC));
            stream.feed().send(PER_SECOND, DrillAlerts.of(stage.model()).good());
            try (StreamProcess canary = canary(stage, stream, "canary-strict", strict)) {
                stage.prove(
                        alerts(),
                        "the canary judges with a threshold of 1",
                        () -> stage.scrape(JOB, canary.httpPort()));
            }
            try (StreamProcess canary = canary(stage, stream, "canary", model)) {
                stage.mend(ALERT, () -> {
                    stage.scrape(JOB, canary.httpPort());
                    stage.demand("stampede_canary_injected_total > 20");
                });
            }
        }
    }

    private static StreamProcess canary(DrillStage stage, DrillStream stream, String name, Path model) {
        return StreamProcess.run(
                stage.folder(),
                name,
                List.of(
                        "canary",
                        "--bootstrap-servers",
                        stream.broker().address(),
                        "--canary-topic",
                        TOPIC,
                        "--model",
                        model.toString(),
                        "--rate",
                        "10",
                        "--http-port",
                        "0"));
    }

    /** The model with one more entry of metadata; of two with the same key the last holds. */
    static byte[] with(byte[] model, String key, String value) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        text(entry, 1, key);
        text(entry, 2, value);
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.writeBytes(model);
        changed.write(METADATA_TAG);
        changed.write(entry.size());
        changed.writeBytes(entry.toByteArray());
        return changed.toByteArray();
    }

    /** A field of text below 128 bytes, whose length is one byte. */
    private static void text(ByteArrayOutputStream out, int field, String text) {
        out.write(field << 3 | 2);
        out.write(text.length());
        out.writeBytes(text.getBytes(UTF_8));
    }
}
