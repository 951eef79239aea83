package dev.stampede.systemtests.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.command.StampedeCommands;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.LocalBroker;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.training.command.TrainingCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A stream that classifies alerts with a weak model, and the retraining job next to it. Each step is a process. */
final class JobStream implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(8);
    private static final int HEAP_MEBIBYTES = 1024;
    private static final int PER_SECOND = 30;
    private static final String WEAK = "weak.onnx";

    private final Path folder;
    private final AlertPool pool;
    private final LocalBroker broker;
    private final Path launcher;
    private final JavaProcess stream;
    private final NumberedProducer feed;
    private int steps;

    JobStream(Path folder, int alerts) throws IOException, InterruptedException {
        this.folder = folder;
        pool = AlertPool.of(List.of(Plane.MEDIAN), alerts, 5);
        launcher = launcher(folder);
        succeed("simulate", "--count", "400", "--seed", "6", "--out", file("stamps"));
        succeed("train", "--epochs", "1", "--data", file("stamps"), "--out", file(WEAK));
        broker = LocalBroker.open(folder.resolve("broker"));
        broker.createTopics(1, List.of("labels"));
        stream = JavaProcess.stream(
                folder, "stream", """
                bootstrap.servers=%s
                application.id=retraining-test
                model.path=%s
                http.port=0
                topics.create=true
                topics.partitions=2
                topics.replication-factor=1
                topic.models=%s
                """.formatted(broker.address(), folder.resolve(WEAK), TopicNames.DEFAULT.models()));
        stream.awaitRunning();
        feed = NumberedProducer.start(broker.address(), PER_SECOND, pool::value);
    }

    /** A launcher like that of a distribution, on the class path of this test; the processes are short, so it saves their JIT. */
    private static Path launcher(Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("stampede"), """
                        #!/bin/sh
                        case "$1" in
                          train | retraining-job) main=%s ;;
                          *) main=%s ;;
                        esac
                        exec "%s/bin/java" -Xmx%dm -XX:TieredStopAtLevel=1 "-Dstampede.launcher=$0" $main "$@"
                        """.formatted(
                        TrainingCommands.class.getName(),
                        StampedeCommands.class.getName(),
                        System.getProperty("java.home"),
                        HEAP_MEBIBYTES));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private JavaProcess start(String... arguments) {
        Path log = folder.resolve(++steps + "-" + arguments[0] + ".log");
        return JavaProcess.launch(log, launcher, List.of(arguments));
    }

    private void succeed(String... arguments) throws InterruptedException {
        try (JavaProcess process = start(arguments)) {
            assertThat(process.awaitEnd(TIMEOUT))
                    .as(() -> List.of(arguments) + ": " + process.output())
                    .isZero();
        }
    }

    /** Labels some of the alerts, which have arrived, with their true class. */
    void label(int from, int to) throws IOException, InterruptedException {
        while (feed.next() < to) {
            Thread.sleep(20);
        }
        String table = IntStream.range(from, to)
                .mapToObj(number -> number + "," + (pool.candidate(number).isReal() ? Truth.REAL : Truth.BOGUS))
                .collect(Collectors.joining("\n", "alert_id,verdict\n", "\n"));
        Path labels = Files.writeString(folder.resolve("labels.csv"), table);
        succeed("label", "--config", file("stream.properties"), "--csv", labels.toString());
    }

    /** Starts the job. */
    JavaProcess startJob(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "retraining-job",
                "--config",
                file("stream.properties"),
                "--state",
                state().toString(),
                "--min-labels",
                "50",
                "--simulated",
                "600",
                "--shadow-alerts",
                "300",
                "--max-disagreement",
                "1",
                "--max-real-ratio",
                "100"));
        arguments.addAll(List.of(options));
        return start(arguments.toArray(String[]::new));
    }

    /** Runs the job until it ends, which it must with exit code 0. */
    JsonNode runJob(String... options) throws IOException, InterruptedException {
        try (JavaProcess job = startJob(options)) {
            assertThat(job.awaitEnd(TIMEOUT)).as(job::output).isZero();
        }
        return job();
    }

    /** Runs the job again and again, as a timer does, until it is in another stage than {@code stage}. */
    JsonNode runJobWhile(String stage, String... options) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        JsonNode job = runJob(options);
        while (job.path("stage").asText().equals(stage)) {
            assertThat(System.nanoTime()).as("still %s", stage).isLessThan(deadline);
            job = runJob(options);
        }
        return job;
    }

    /** What the job remembers. */
    JsonNode job() throws IOException {
        return new ObjectMapper().readTree(state().resolve("job.json").toFile());
    }

    /** Promotes the model of the current run, as a person does. */
    void promote() throws IOException, InterruptedException {
        Path model = state().resolve("runs").resolve(job().path("run").asText()).resolve("next.onnx");
        succeed("promote", model.toString(), "--config", file("stream.properties"));
    }

    /** The folder of the job. */
    Path state() {
        return folder.resolve("state");
    }

    @Override
    public void close() {
        feed.close();
        stream.close();
        broker.close();
    }
}
