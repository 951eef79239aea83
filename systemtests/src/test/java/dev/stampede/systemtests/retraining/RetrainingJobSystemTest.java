package dev.stampede.systemtests.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stampede.systemtests.harness.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three runs of the retraining job on a stream: one killed, one that the gate rejects, one that a person promotes. */
@Tag("system")
class RetrainingJobSystemTest {
    private static final int LABELS = 400;

    /** The gate measures both models on this machine, and so few stamps calibrate badly. */
    private static final String[] LENIENT = {
        "--promote",
        "automatically",
        "--",
        "--epochs",
        "8",
        "--batch-size",
        "32",
        "--max-latency-ratio",
        "Infinity",
        "--max-calibration-error",
        "1"
    };

    private static final String[] STRICT = {
        "--promote", "automatically", "--", "--epochs", "1", "--max-calibration-error", "0.0001"
    };

    private static final String[] ASKING = {
        "--", "--epochs", "8", "--batch-size", "32", "--max-latency-ratio", "Infinity", "--max-calibration-error", "1"
    };

    @TempDir
    Path folder;

    @Test
    void threeRunsGoFromLabelsToModels() throws IOException, InterruptedException {
        try (JobStream stream = new JobStream(folder, 3 * LABELS)) {
            aKilledRunIsContinuedAndPromoted(stream);
            aRunThatTheGateRejectsIsNoFailure(stream);
            aPersonIsAskedAndDecides(stream);
            assertThat(stream.job().path("finished").findValuesAsText("outcome"))
                    .containsExactly("PROMOTED", "REJECTED", "PROMOTED");
            assertThat(Files.readString(stream.state().resolve("metrics.prom")))
                    .contains(
                            "stampede_retraining_runs{outcome=\"promoted\"} 2\n",
                            "stampede_retraining_runs{outcome=\"rejected\"} 1\n",
                            "stampede_retraining_succeeded 1\n");
            assertThat(Files.readString(stream.state().resolve("index.html")).split("report.html", -1))
                    .as("links to reports, and what is around them")
                    .hasSize(1 + 3);
        }
    }

    private static void aKilledRunIsContinuedAndPromoted(JobStream stream) throws IOException, InterruptedException {
        stream.label(0, LABELS);
        aKilledStartLeavesNoProcess(stream);
        String run;
        try (JavaProcess job = stream.startJob(LENIENT)) {
            Path checkpoint = awaitCheckpoint(stream, job);
            try (JavaProcess second = stream.startJob(LENIENT)) {
                assertThat(second.awaitEnd(Duration.ofMinutes(2)))
                        .as("a second job")
                        .isEqualTo(1);
            }
            job.kill();
            run = stream.job().path("run").asText();
            assertThat(checkpoint).as("the training has not ended").exists();
        }
        JsonNode resumed = stream.runJob(LENIENT);
        assertThat(resumed.path("stage").asText()).isEqualTo("SHADOW");
        assertThat(resumed.path("run").asText()).as("the run that was killed").isEqualTo(run);
        assertThat(resumed.at("/findings/labels/real").asInt()
                        + resumed.at("/findings/labels/bogus").asInt())
                .isEqualTo(LABELS);

        JsonNode promoted = stream.runJobWhile("SHADOW", LENIENT);
        assertThat(promoted.at("/finished/0/outcome").asText()).isEqualTo("PROMOTED");
        assertThat(promoted.at("/finished/0/findings/agreement/alerts").asInt()).isGreaterThanOrEqualTo(300);
        assertThat(promoted.path("stage").asText())
                .as("there are no new labels")
                .isEqualTo("IDLE");
    }

    private static void aKilledStartLeavesNoProcess(JobStream stream) throws InterruptedException {
        try (JavaProcess job = stream.startJob(LENIENT)) {
            Optional<ProcessHandle> step = Optional.empty();
            while (step.isEmpty()) {
                assertThat(job.isAlive())
                        .as(() -> "the job ended before its first step: " + job.output())
                        .isTrue();
                Thread.sleep(20);
                step = ProcessHandle.of(job.pid())
                        .flatMap(process -> process.children().findFirst());
            }
            job.kill();
            assertThat(step.orElseThrow().onExit()).as("its step ends").succeedsWithin(Duration.ofSeconds(60));
        }
    }

    private static Path awaitCheckpoint(JobStream stream, JavaProcess job) throws InterruptedException, IOException {
        while (true) {
            assertThat(job.isAlive())
                    .as(() -> "the job ended before its first checkpoint: " + job.output())
                    .isTrue();
            if (Files.exists(stream.state().resolve("job.json"))) {
                Path run = stream.state()
                        .resolve("runs")
                        .resolve(stream.job().path("run").asText());
                Path checkpoint = run.resolve("next.checkpoint");
                if (Files.exists(checkpoint)) {
                    return checkpoint;
                }
            }
            Thread.sleep(20);
        }
    }

    private static void aRunThatTheGateRejectsIsNoFailure(JobStream stream) throws IOException, InterruptedException {
        stream.label(LABELS, 2 * LABELS);
        JsonNode rejected = stream.runJob(STRICT);
        assertThat(rejected.at("/finished/1/outcome").asText()).isEqualTo("REJECTED");
        assertThat(rejected.at("/finished/1/findings/labels/real").asInt()
                        + rejected.at("/finished/1/findings/labels/bogus").asInt())
                .as("only new labels")
                .isEqualTo(LABELS);
    }

    private static void aPersonIsAskedAndDecides(JobStream stream) throws IOException, InterruptedException {
        stream.label(2 * LABELS, 3 * LABELS);
        assertThat(stream.runJob(ASKING).path("stage").asText()).isEqualTo("SHADOW");
        JsonNode asking = stream.runJobWhile("SHADOW", ASKING);
        assertThat(asking.path("stage").asText()).isEqualTo("DECISION");
        stream.promote();
        assertThat(stream.runJob(ASKING).at("/finished/2/outcome").asText()).isEqualTo("PROMOTED");
    }
}
