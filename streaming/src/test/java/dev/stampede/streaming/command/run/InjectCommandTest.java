package dev.stampede.streaming.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.command.CommandOutput;
import dev.stampede.streaming.injection.RecallMeter;
import dev.stampede.streaming.kafka.TopicFollower;
import dev.stampede.streaming.kafka.TopicSender;
import dev.stampede.streaming.packet.StampAlertWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class InjectCommandTest {
    private static final int BACKLOG = 5;
    private static EmbeddedBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
        broker.createTopics(1, List.of("alerts"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static CommandOutput report(String command, String... options) {
        return CommandOutput.by(
                Stream.concat(Stream.of(command, "--bootstrap-servers", broker.address()), Stream.of(options))
                        .toArray());
    }

    @Test
    void refusesARateThatMakesNoSense() {
        assertThat(report("inject", "--rate", "0")).returns(2, CommandOutput::exitCode);
    }

    @Test
    void namesATopicThatIsNotThereAndHintsAtNoSettingOfTheStream() {
        CommandOutput output = report("inject", "--topic", "nowhere", "--http-port", "0");
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err())
                .contains("no topic nowhere; create it, or name another")
                .doesNotContain("topics.create");
    }

    @Test
    void takesTopicsAndModelFromTheSettingsOfTheStream() throws IOException {
        assertThat(report("inject", "--config", config("topic.models=own-models"), "--http-port", "0")
                        .err())
                .contains("no topic own-models");
        Path absent = folder.resolve("absent.onnx");
        assertThat(report("inject", "--config", config("topic.models=\nmodel.path=" + absent), "--http-port", "0")
                        .err())
                .contains(absent + " does not exist");
    }

    private String config(String settings) throws IOException {
        return Files.writeString(
                        folder.resolve("stream.properties"),
                        "bootstrap.servers=" + broker.address() + "\n" + settings + "\n")
                .toString();
    }

    @Test
    void considersAllAlertsOfABacklogAndCreatesTheTopicOfInjections() throws Exception {
        TinyModel model = TinyModel.standard();
        Path file = model.write(folder.resolve("tiny.onnx"));
        try (TopicSender sender = TopicSender.open(Map.of("bootstrap.servers", broker.address()), "alerts")) {
            for (int i = 0; i < BACKLOG; i++) {
                sender.send(
                        "alert-" + i,
                        StampAlertWriter.write("alert-" + i, "DEEP", List.of(Plane.MEDIAN), model.stamp(0, i)));
            }
            sender.flush();
        }
        // All arrive in one poll, so that a rate that skipped alerts would use the first only.
        CommandOutput output = report(
                "inject",
                "--from-beginning",
                "--count",
                String.valueOf(BACKLOG),
                "--rate",
                "20",
                "--config",
                config("topic.models=\nmodel.path=" + file),
                "--http-port",
                "0",
                "--injection-topic",
                "new-injections",
                "--json");
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.err()).contains("all alerts from the beginning, at a rate of up to 20.0 per second");
        List<ConsumerRecord<byte[], byte[]>> injected = Collections.synchronizedList(new ArrayList<>());
        try (TopicFollower follower = TopicFollower.start(broker.address(), List.of("new-injections"), injected::add)) {
            assertThat(follower.finish(Duration.ofSeconds(60))).isTrue();
        }
        assertThat(injected).hasSize(BACKLOG * RecallMeter.SIGNAL_TO_NOISE.size());
    }

    @Test
    void makesTrainingDataFromTheAlertsOfAStream() throws Exception {
        broker.createTopics(1, List.of("sky"));
        try (TopicSender sender = TopicSender.open(Map.of("bootstrap.servers", broker.address()), "sky")) {
            for (int i = 0; i < BACKLOG; i++) {
                Stamp noise = Simulator.of(SimulationSettings.standard(), 3)
                        .candidate(i)
                        .stamp();
                sender.send("sky-" + i, StampAlertWriter.write("sky-" + i, "DEEP", List.of(Plane.MEDIAN), noise));
            }
            sender.flush();
        }
        String config = config("topic.alerts=sky");
        Path out = folder.resolve("injected");
        CommandOutput output = CommandOutput.by(
                "inject-training",
                "--config",
                config,
                "--plane",
                "MEDIAN",
                "--fwhm",
                4.4,
                "--per-image",
                4,
                "--out",
                out);
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).containsPattern("Wrote (1[0-9]|20) stamps");
    }
}
