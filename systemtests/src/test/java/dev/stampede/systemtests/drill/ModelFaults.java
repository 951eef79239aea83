package dev.stampede.systemtests.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.release.ReleaseSender;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.ModelMetadata;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Models that are too slow, unusable, or unsuited to the population. */
final class ModelFaults {
    static final String RELEASE = "StampedeReleaseRefused";
    static final String DRIFT = "StampedeDrift";
    static final String RECALL = "StampedeRecallLow";

    static final String KNOWN_OBJECTS = "StampedeKnownObjectRecallLow";

    private static final int KNOWN_PER_SECOND = 200;
    private static final double KNOWN_SIGNAL_TO_NOISE = 15;
    private static final String JOB = "stampede";
    private static final int OVERLOAD_PER_SECOND = 12_000;
    private static final int DRIFT_PER_SECOND = 200;
    private static final float DRIFT_GAIN = 30;
    private static final int INJECTION_PER_SECOND = 100;
    private static final String INJECTION_JOB = "stampede-injection";
    private static final String INJECTION_TOPIC = "injections";
    private static final byte[] NO_MODEL = "no model".getBytes(UTF_8);

    private ModelFaults() {}

    /** More alerts than one thread can score. */
    static void overload(Drill drill) throws InterruptedException {
        try (DrillStream stream = new DrillStream(drill, "overload", ModelFile.shipped());
                JavaProcess process = stream.start("overload", "score.views=8\nthreads=1\nbatch.max-alerts=32\n")) {
            process.awaitRunning();
            drill.scrape(JOB, process.httpPort());
            drill.inject(
                    List.of("StampedeLatencyHigh", "StampedeLagGrowing"),
                    OVERLOAD_PER_SECOND + " alerts per second for one thread of vgg6 with eight views",
                    () -> stream.send(OVERLOAD_PER_SECOND));
            drill.repair("StampedeLagGrowing", stream.feed()::pause);
        }
    }

    /** The release of a file that is no model. */
    static void release(Drill drill) throws InterruptedException {
        try (DrillStream stream = new DrillStream(drill, "release", drill.model());
                JavaProcess process = stream.start("release", "topic.models=" + TopicNames.DEFAULT.models() + "\n")) {
            process.awaitRunning();
            drill.scrape(JOB, process.httpPort());
            drill.inject(
                    List.of(RELEASE), "a file that is no model is released", () -> release(stream, ReleaseRole.LIVE));
            drill.repair(RELEASE, () -> release(stream, ReleaseRole.RETIRED));
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
                Map.of("bootstrap.servers", stream.broker().address()), TopicNames.DEFAULT.models(), List.of(release));
    }

    /** Stamps of another population than the model was evaluated on. */
    static void drift(Drill drill) throws InterruptedException {
        try (DrillStream stream = new DrillStream(drill, "population", drill.model());
                JavaProcess process = stream.start("population", "")) {
            process.awaitRunning();
            drill.scrape(JOB, process.httpPort());
            drill.inject(
                    List.of(DRIFT),
                    "stamps of a gain " + (int) DRIFT_GAIN + " times as high",
                    () -> stream.feed().change(DRIFT_PER_SECOND, stream.alerts().amplified(DRIFT_GAIN)::value));
        }
    }

    /** Injection and recovery with a threshold that no source reaches, and then with that of the model. */
    static void recall(Drill drill) throws InterruptedException {
        Path strict = drill.write("strict.onnx", ModelMetadata.with(drill.model(), "stampede.threshold", "1.0"));
        Path model = drill.write("injection.onnx", drill.model());
        try (DrillStream stream = new DrillStream(drill, "inject", drill.model())) {
            stream.broker().createTopics(1, List.of(TopicNames.DEFAULT.alerts(), INJECTION_TOPIC));
            stream.send(INJECTION_PER_SECOND);
            try (JavaProcess injection = injection(drill, stream, "inject-strict", strict)) {
                drill.inject(
                        List.of(RECALL),
                        "injected sources are scored with a threshold of 1",
                        () -> drill.scrape(INJECTION_JOB, injection.httpPort()));
            }
            try (JavaProcess injection = injection(drill, stream, "inject", model)) {
                drill.repair(RECALL, () -> {
                    drill.scrape(INJECTION_JOB, injection.httpPort());
                    drill.require("stampede_injection_injected_total > 20");
                });
            }
        }
    }

    /** Known objects that the model calls BOGUS: the survey matches noise with them. */
    static void knownObjects(Drill drill) throws InterruptedException {
        try (DrillStream stream = new DrillStream(drill, "known-objects", drill.model());
                JavaProcess process = stream.start("known-objects", "")) {
            process.awaitRunning();
            drill.scrape(JOB, process.httpPort());
            drill.inject(
                    List.of(KNOWN_OBJECTS),
                    "noise is sent as known objects",
                    () -> stream.feed()
                            .change(KNOWN_PER_SECOND, stream.alerts().knownObjects(KNOWN_SIGNAL_TO_NOISE, false)));
            drill.repair(
                    KNOWN_OBJECTS,
                    () -> stream.feed()
                            .change(KNOWN_PER_SECOND, stream.alerts().knownObjects(KNOWN_SIGNAL_TO_NOISE, true)));
        }
    }

    private static JavaProcess injection(Drill drill, DrillStream stream, String name, Path model) {
        String options = "inject --rate 10 --http-port 0 --injection-topic " + INJECTION_TOPIC + " --bootstrap-servers "
                + stream.broker().address() + " --model " + model;
        return JavaProcess.command(drill.folder(), name, options.split(" ", -1));
    }
}
