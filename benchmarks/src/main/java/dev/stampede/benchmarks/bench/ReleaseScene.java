package dev.stampede.benchmarks.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.release.ReleaseSender;
import dev.stampede.streaming.topology.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A stream that is told to take a model file that is none. */
final class ReleaseScene implements DrillScene {
    private static final byte[] NO_MODEL = "no model".getBytes(UTF_8);

    @Override
    public List<String> alerts() {
        return List.of("StampedeReleaseRefused");
    }

    @Override
    public void play(DrillStage stage) throws InterruptedException {
        Path model = stage.modelFile("release.onnx", stage.model().bytes());
        try (DrillStream stream = DrillStream.open(stage.folder(), "release")) {
            Map<String, String> settings = stream.settings(model);
            settings.put("topic.models", Topics.DEFAULT.models());
            try (StreamProcess process = StreamProcess.start(stage.folder(), "release", settings)) {
                process.awaitRunning();
                stage.scrape("stampede", process.httpPort());
                stage.prove(alerts(), "a file that is no model is released", () -> release(stream, ReleaseRole.LIVE));
                stage.mend("StampedeReleaseRefused", () -> release(stream, ReleaseRole.RETIRED));
            }
        }
    }

    private static void release(DrillStream stream, ReleaseRole role) {
        ModelRelease release = ModelRelease.newBuilder()
                .setModelName("none")
                .setModelVersion("1")
                .setRole(role)
                .setSha256(ModelFile.of(NO_MODEL, "the drill").sha256())
                .setSizeBytes(NO_MODEL.length)
                .setContent(role == ReleaseRole.LIVE ? ByteBuffer.wrap(NO_MODEL) : null)
                .setReleasedBy("drill")
                .setReleasedTime(Instant.now())
                .build();
        ReleaseSender.send(
                Map.of("bootstrap.servers", stream.broker().address()), Topics.DEFAULT.models(), List.of(release));
    }
}
