package dev.stampede.streaming.command.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.command.CommandOutput;
import dev.stampede.streaming.release.Release;
import dev.stampede.streaming.release.ReleaseTopic;
import dev.stampede.streaming.release.Releases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promote, rollback and models, against one broker. Each test has a topic of its own. */
@Tag("slow")
class ReleaseCommandsTest {
    private static EmbeddedBroker broker;

    @TempDir
    private static Path folder;

    private static Path first;
    private static Path second;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
        first = TinyModel.standard().named("tiny", "1").write(folder.resolve("first.onnx"));
        second = TinyModel.standard().named("tiny", "2").write(folder.resolve("second.onnx"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static CommandOutput run(String topic, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--topic", topic, "--bootstrap-servers", broker.address()));
        return CommandOutput.by(all.toArray());
    }

    private static String topic(String name) {
        broker.createTopics(1, List.of(name));
        return name;
    }

    private static Releases releases(String topic) {
        return ReleaseTopic.read(Map.of("bootstrap.servers", broker.address()), topic);
    }

    private static ModelRelease newest(String topic, ReleaseRole role) {
        return releases(topic).newest(role).map(Release::value).orElseThrow();
    }

    @Test
    void promotesAProvenModelWithItsFile() throws JsonProcessingException {
        String topic = topic("promoted");
        CommandOutput output = run(topic, "promote", first, "--by", "alice", "--comment", "better", "--json");
        assertThat(output.exitCode()).as(output.err()).isZero();
        ModelFile file = ModelFile.read(first);
        JsonNode reported = new ObjectMapper().readTree(output.out());
        assertThat(reported.path("role").asText()).isEqualTo("live");
        assertThat(reported.path("modelName").asText()).isEqualTo("tiny");
        assertThat(reported.path("sha256").asText()).isEqualTo(file.sha256());
        assertThat(reported.path("embedded").asBoolean()).isTrue();
        ModelRelease release = newest(topic, ReleaseRole.LIVE);
        assertThat(release.getContent().remaining()).isEqualTo(file.bytes().length);
        assertThat(release.getReleasedBy()).isEqualTo("alice");
        assertThat(release.getComment()).isEqualTo("better");
        assertThat(release.getModelVersion()).isEqualTo("1");
    }

    @Test
    void takesBrokersAndTopicFromTheSettingsOfTheStreamAndWritesItsLiveModel() throws IOException {
        topic("of-settings");
        Path config = Files.writeString(
                folder.resolve("stream.properties"),
                "bootstrap.servers=" + broker.address() + "\ntopic.models=of-settings\nmodel.path=" + first + "\n");
        Path live = folder.resolve("live.onnx");

        CommandOutput none = CommandOutput.by("models", "--config", config, "--write-live", live);
        assertThat(none.exitCode()).as(none.err()).isZero();
        assertThat(live).as("without a release").hasSameBinaryContentAs(first);

        assertThat(CommandOutput.by("promote", second, "--config", config).exitCode())
                .isZero();
        assertThat(CommandOutput.by("models", "--config", config, "--write-live", live)
                        .err())
                .contains(live + " exists; --force overwrites it.");
        assertThat(CommandOutput.by("models", "--config", config, "--write-live", live, "--force")
                        .out())
                .startsWith("* live     tiny 2");
        assertThat(live).hasSameBinaryContentAs(second);

        CommandOutput both = CommandOutput.by("models", "--config", config, "--kafka-config", config);
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("--config cannot be combined with --kafka-config");
    }

    @Test
    void shippedModelsGoWithTheirRelease() {
        for (String name : ModelFile.SHIPPED) {
            String topic = topic("shipped-" + name);
            CommandOutput output = run(topic, "promote", name);
            assertThat(output.exitCode()).as(output.err()).isZero();
            assertThat(output.out()).contains("Released " + name, "with the release");
            assertThat(newest(topic, ReleaseRole.LIVE).getContent()).isNotNull();
        }
    }

    @Test
    void releasesByPathWhereItIsToldTo() {
        String topic = topic("by-path");
        assertThat(run(topic, "promote", first, "--no-embed").exitCode()).isZero();
        ModelRelease release = newest(topic, ReleaseRole.LIVE);
        assertThat(release.getContent()).isNull();
        assertThat(release.getLocation()).isEqualTo(first.toAbsolutePath().toString());
    }

    @Test
    void namesTheRemedyIfTheTopicRefusesALargeEmbeddedModel() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            NewTopic small = new NewTopic("small", 1, (short) 1).configs(Map.of("max.message.bytes", "1048588"));
            admin.createTopics(List.of(small)).all().get();
        }
        Path large = TinyModel.standard()
                .named("tiny", "3")
                .withEntry("comment", "x".repeat(1 << 20))
                .write(folder.resolve("large.onnx"));

        CommandOutput output = run("small", "promote", large, "--embed");
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("Kafka did not store a record of small", "with --no-embed.");
    }

    @Test
    void releasesByUrl() throws IOException {
        String topic = topic("by-url");
        byte[] bytes = TinyModel.standard().bytes();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tiny.onnx", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/tiny.onnx";
        try {
            CommandOutput output = run(topic, "promote", url, "--as", "shadow");
            assertThat(output.exitCode()).as(output.err()).isZero();
            assertThat(run(topic, "promote", url.replace("tiny", "none")).err())
                    .contains("Cannot download", "HTTP 404");
        } finally {
            server.stop(0);
        }
        ModelRelease release = newest(topic, ReleaseRole.SHADOW);
        assertThat(release.getLocation()).isEqualTo(url);
        assertThat(release.getContent()).isNull();
        assertThat(release.getSizeBytes()).isEqualTo(bytes.length);
    }

    @Test
    void refusesTheNameAndVersionOfAnotherFile() {
        String topic = topic("namesakes");
        run(topic, "promote", first);
        Path other = TinyModel.standard().named("tiny", "1").withThreshold(0.9f).write(folder.resolve("other.onnx"));
        CommandOutput output = run(topic, "promote", other);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err())
                .contains(
                        "Another file is already named tiny 1: SHA-256 "
                                + ModelFile.read(first).sha256() + ", released on namesakes at offset 0",
                        "This file has SHA-256 " + ModelFile.read(other).sha256(),
                        "--model-version");
        Path shipped = TinyModel.standard().named("vgg6", "1").write(folder.resolve("vgg6.onnx"));
        assertThat(run(topic, "promote", shipped).err())
                .contains("Another file is already named vgg6 1", "shipped with Stampede");
        assertThat(releases(topic).all()).hasSize(1);
    }

    @Test
    void waitsForStreamsOnRequest() {
        String topic = topic("awaited");
        CommandOutput output =
                run(topic, "promote", first, "--wait", "--timeout", "1", "--stream", "http://127.0.0.1:1");
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("not applied by http://127.0.0.1:1 (it does not respond)", "rollback");
        assertThat(releases(topic).all()).hasSize(1);
        assertThat(run(topic, "promote", first, "--wait", "--stream", "127.0.0.1:1")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void releasesNothingThatIsNotProven() {
        String topic = topic("unproven");
        Path bad = TinyModel.standard().withGoldenError(0.1).write(folder.resolve("bad.onnx"));
        CommandOutput output = run(topic, "promote", bad);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("check of the golden stamps");
        assertThat(releases(topic).all()).isEmpty();
    }

    @Test
    void rollbackLeadsBackToTheReleaseBeforeAndThenToNone() {
        String topic = topic("back");
        assertThat(run(topic, "rollback").exitCode()).isEqualTo(1);
        run(topic, "promote", first);
        run(topic, "promote", second);
        CommandOutput output = run(topic, "rollback", "--comment", "misses sources");
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).contains("Retired tiny 2", "Now live: tiny 1 (");
        assertThat(newest(topic, ReleaseRole.LIVE).getModelVersion()).isEqualTo("1");
        assertThat(newest(topic, ReleaseRole.RETIRED).getComment()).isEqualTo("misses sources");
        assertThat(run(topic, "rollback").out())
                .contains("Now live: none; the model that each stream was started with");
        assertThat(run(topic, "rollback").err()).contains("No model is released as live on back");
    }

    @Test
    void aNewShadowRetiresTheOneBefore() {
        String topic = topic("shadows");
        run(topic, "promote", first, "--as", "shadow");
        CommandOutput output = run(topic, "promote", second, "--as", "shadow");
        assertThat(output.out()).contains("Retired  tiny 1");
        assertThat(releases(topic).of(ReleaseRole.SHADOW)).hasSize(1);
        assertThat(run(topic, "rollback", "--as", "shadow").out()).contains("nothing scores as a shadow");
        assertThat(releases(topic).of(ReleaseRole.SHADOW)).isEmpty();
    }

    @Test
    void listsWhatWasReleasedAndMarksWhatScores() {
        String topic = topic("listed");
        assertThat(run(topic, "models").out()).contains("No model is released");
        run(topic, "promote", first);
        run(topic, "promote", second, "--by", "bob", "--comment", "why not");
        assertThat(run(topic, "models").out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("* live     tiny 2").endsWith("by bob: why not"),
                        line -> assertThat(line).startsWith("  live     tiny 1"));
        assertThat(run(topic, "models", "--json").out().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(
                                new ObjectMapper().readTree(line).path("sha256").asText())
                        .hasSize(64));
    }

    @Test
    void saysWhatIsWrongWithItsTopic() {
        assertThat(run("absent-models", "promote", first).err()).contains("absent-models");
        broker.createTopics(2, List.of("two-models"));
        assertThat(run("two-models", "models").err()).contains("The topic two-models has 2 partitions");
    }
}
