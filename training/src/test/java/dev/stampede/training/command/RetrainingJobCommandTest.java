package dev.stampede.training.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.stampede.commandline.CommandException;
import dev.stampede.training.job.JobFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command around the job; the system tests run it on a stream. */
class RetrainingJobCommandTest {
    @TempDir
    Path folder = Path.of("");

    /** A launcher that records its calls, and whose commands fail. */
    @BeforeEach
    void setLauncher() throws IOException {
        Path launcher = Files.writeString(
                folder.resolve("stampede"),
                "#!/bin/sh\necho \"$@\" >> " + folder.resolve("calls") + "\necho \"$STAMPEDE_EXIT_ON_STDIN_EOF\" >> "
                        + folder.resolve("watched") + "\nexit 1\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        System.setProperty(LauncherProcess.LAUNCHER, launcher.toString());
    }

    @AfterEach
    void clearLauncher() {
        System.clearProperty(LauncherProcess.LAUNCHER);
    }

    private CommandCall job(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "retraining-job",
                "--config",
                "stream.properties",
                "--state",
                folder.resolve("state").toString()));
        arguments.addAll(List.of(options));
        return CommandCall.of(arguments.toArray(String[]::new));
    }

    @Test
    void aStepThatFailsFailsTheStartAndIsInTheMetrics() throws IOException {
        Map<String, String> pushed = new ConcurrentHashMap<>();
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            pushed.put(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        gateway.start();
        String address = "http://127.0.0.1:" + gateway.getAddress().getPort();
        CommandCall call = job(
                "--push-gateway",
                address + "/",
                "--metrics",
                folder.resolve("m.prom").toString());
        gateway.stop(0);

        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).contains("./stampede label ended with exit code 1", "repeats this step");
        assertThat(Files.readString(folder.resolve("calls")))
                .startsWith("label --known-objects --from ")
                .contains("--by retraining-job --config stream.properties");
        String metrics = Files.readString(folder.resolve("m.prom"));
        assertThat(metrics)
                .contains(
                        "stampede_retraining_succeeded 0\n",
                        "stampede_retraining_stage{stage=\"export\"} 1\n",
                        "stampede_retraining_last_success_timestamp_seconds 0\n");
        assertThat(pushed).containsExactly(Map.entry("PUT /metrics/job/stampede-retraining", metrics));
        assertThat(folder.resolve("state/index.html")).exists();
    }

    @Test
    void aPushGatewayThatDoesNotAnswerIsAWarning() {
        assertThat(job("--push-gateway", "http://127.0.0.1:1").err())
                .contains(
                        "Warning: the metrics could not be sent to http://127.0.0.1:1/metrics/job/stampede-retraining");
    }

    @Test
    void doesNotStartNextToAnother() throws IOException {
        try (JobFolder other = JobFolder.open(folder.resolve("state")).orElseThrow()) {
            CommandCall call = job();
            assertThat(call.exitCode()).isEqualTo(1);
            assertThat(call.err()).contains("Another retraining job works in " + folder.resolve("state"));
            assertThat(other.path()).isDirectoryNotContaining("glob:**.prom");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | promote STATE/runs/1/next.onnx --embed --as shadow
            https://models.example.org/job/ | promote https://models.example.org/job/runs/1/next.onnx --no-embed --as shadow
            """)
    void releasesEmbedTheModelOrNameWhereStreamsReadIt(String location, String call) throws IOException {
        Path state = folder.resolve("state");
        JobCommands commands = new JobCommands(
                Path.of("stream.properties"), state, Optional.of(location).filter(at -> !at.isEmpty()), List.of());

        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> commands.promoteAsShadow(state.resolve("runs/1/next.onnx"), "comment"));
        assertThat(Files.readString(folder.resolve("calls"))).startsWith(call.replace("STATE", state.toString()));
        assertThat(folder.resolve("watched"))
                .as("the command ends with the job")
                .hasContent("true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --shadow-alerts 0 | the number of alerts must be 1 to 1000000
            --max-real-ratio 0.5 | the maximum ratio must be 1 or more
            --min-labels 0 | the minimum number of labels must be 1 or more
            --window-days 0 | the window must be above 0
            --released-from models/ | --released-from is models/, not an HTTP(S) URL or an absolute path
            --released-from ftp://models.example.org/job | not an HTTP(S) URL or an absolute path
            -- --epoch 2 | Unknown option
            -- --seed 2 | The job sets --data
            -- --data night | --data is the label export of the run
            """)
    void rejectsWrongOptionsBeforeItBegins(String options, String message) {
        CommandCall call = job(options.split(" ", -1));
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains(message);
        assertThat(folder.resolve("state")).doesNotExist();
    }
}
