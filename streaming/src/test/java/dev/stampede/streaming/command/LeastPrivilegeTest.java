package dev.stampede.streaming.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.score.TinyModel;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.broker.SecuredBroker;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command over TLS and SCRAM, with the rights that docs/reference/kafka-permissions.md lists and with each of them taken away. */
@Tag("slow")
class LeastPrivilegeTest {
    private static final List<String> SET_AS_THE_STREAM =
            List.of("export-labels", "inject-training", "candidates-to-label", "compare-shadow");
    private static SecuredBroker broker;

    @TempDir
    private static Path folder;

    private static Path model;
    private static int users;

    @BeforeAll
    static void startBroker() throws IOException, InterruptedException {
        broker = SecuredBroker.start(folder);
        broker.broker()
                .createTopics(
                        1,
                        List.of(
                                "alerts",
                                "classifications",
                                "dead-letters",
                                "explanations",
                                "explanation-requests",
                                "injections",
                                "models",
                                "shadow-classifications",
                                "labels"));
        model = TinyModel.standard().write(folder.resolve("tiny.onnx"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static String userWith(List<AccessRight> rights) throws Exception {
        String user = "user-" + users++;
        broker.addUser(user, rights);
        return user;
    }

    private static List<AccessRight> without(List<AccessRight> rights, AccessRight lacking) {
        List<AccessRight> rest = new ArrayList<>(rights);
        rest.remove(lacking);
        return rest;
    }

    private static List<AccessRight> explainers() {
        List<AccessRight> rights = new ArrayList<>(SecurityPage.rights("stream"));
        rights.addAll(SecurityPage.rights("explanations"));
        rights.addAll(SecurityPage.rights("releases"));
        return rights;
    }

    private static StreamSettings settings(String user, String... more) {
        Map<String, String> given = new HashMap<>(broker.streamSettings(user));
        given.put("model.path", model.toString());
        given.put("http.port", "0");
        // A stream that failed does not leave its group: the next waits for this to pass.
        given.put("main.consumer.session.timeout.ms", "1500");
        given.put("main.consumer.heartbeat.interval.ms", "400");
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        return StreamSettings.of(given);
    }

    private static StreamSettings explainingSettings(String user) {
        return settings(user, "explain.policy", "all", "explain.max-per-second", "1000000");
    }

    /** Sends as many alerts, and a value that is none. */
    private static void sendAlerts(int count) throws ExecutionException, InterruptedException {
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", broker.broker().address()), bytes, bytes)) {
            for (int i = 0; i < count; i++) {
                String id = "alert-" + i;
                byte[] value = SingleObject.write(Alerts.uniform(id, i));
                producer.send(new ProducerRecord<>("alerts", id.getBytes(UTF_8), value))
                        .get();
            }
            producer.send(new ProducerRecord<>("alerts", "garbage".getBytes(UTF_8)))
                    .get();
        }
    }

    private static CommandOutput report(String command, String user, Object... options) {
        List<Object> all = new ArrayList<>(
                List.of(command, "--bootstrap-servers", broker.address(), "--kafka-config", broker.clientFile(user)));
        all.addAll(List.of(options));
        return CommandOutput.by(all.toArray());
    }

    @Test
    void judgesAndExplainsWithTheRightsThatAreListed() throws Exception {
        String reader = userWith(List.of(AccessRight.toRead("classifications"), AccessRight.toRead("explanations")));
        try (RunningStream stream = new RunningStream(explainingSettings(userWith(explainers())))) {
            stream.awaitRunning();
            sendAlerts(5);
            CommandOutput verdicts = report("tail", reader, "--from-beginning", "--count", 5);
            assertThat(verdicts.exitCode()).as(verdicts.err()).isZero();
        }
    }

    static List<AccessRight> rightsOfTheStream() {
        return explainers();
    }

    @ParameterizedTest(name = "without {0}")
    @MethodSource("rightsOfTheStream")
    void doesNotStartWithoutOneAndNamesIt(AccessRight lacking) throws Exception {
        try (RunningStream stream = new RunningStream(explainingSettings(userWith(without(explainers(), lacking))))) {
            assertThat(stream.failure())
                    .contains(
                            "lacks the right to " + lacking.describe() + ";",
                            "kafka-acls.sh --add",
                            "docs/reference/kafka-permissions.md")
                    .doesNotContain("password-of");
        }
    }

    static List<AccessRight> rightsOfVerdicts() {
        return SecurityPage.rights("stream");
    }

    @Tag("system") // half of the time of this class
    @ParameterizedTest(name = "{0}")
    @MethodSource("rightsOfVerdicts")
    void endsWhereOneIsTakenAwayAndNamesIt(AccessRight taken) throws Exception {
        String user = userWith(SecurityPage.rights("stream"));
        try (RunningStream stream = new RunningStream(settings(user, "topic.models", ""))) {
            stream.awaitRunning();
            broker.revoke(user, taken);
            sendAlerts(1);
            assertThat(stream.failure()).contains("lacks the right to " + taken.describe());
        }
    }

    static List<Object[]> rightsOfCommands() {
        List<Object[]> cases = new ArrayList<>();
        for (String command : List.of(
                "produce",
                "tail",
                "replay-dead-letters",
                "inject",
                "label",
                "promote",
                "models",
                "export-labels",
                "inject-training",
                "candidates-to-label",
                "compare-shadow")) {
            SecurityPage.rights(command).forEach(right -> cases.add(new Object[] {command, right}));
        }
        SecurityPage.rights("promote").forEach(right -> cases.add(new Object[] {"rollback", right}));
        return cases;
    }

    /** Runs it; what reads as the stream does takes the stream's settings. */
    private static CommandOutput runAsUsual(String command, String user) throws IOException {
        if (!SET_AS_THE_STREAM.contains(command)) {
            return report(command, user, options(command));
        }
        Path config = folder.resolve(user + "-stream.properties");
        Properties settings = new Properties();
        settings.putAll(broker.streamSettings(user));
        settings.setProperty("model.path", model.toString());
        try (var out = Files.newOutputStream(config)) {
            settings.store(out, null);
        }
        return switch (command) {
            case "export-labels" ->
                CommandOutput.by(command, "--config", config, "--out", folder.resolve("archive-of-" + user));
            case "inject-training" -> {
                Path out = folder.resolve("injected-of-" + user);
                yield CommandOutput.by(
                        command,
                        "--config",
                        config,
                        "--plane",
                        "median",
                        "--fwhm",
                        4.4,
                        "--per-image",
                        4,
                        "--out",
                        out);
            }
            case "compare-shadow" -> CommandOutput.by(command, "--config", config, "--sha256", "0".repeat(64));
            default -> CommandOutput.by(command, "--config", config);
        };
    }

    private static Object[] options(String command) {
        return switch (command) {
            case "produce" -> new Object[] {"--simulate", 1};
            case "label" -> new Object[] {"--id", "alert-1", "--verdict", "REAL"};
            case "tail" -> new Object[] {"--from-beginning", "--count", 1};
            case "inject" -> new Object[] {"--from-beginning", "--count", 1, "--http-port", 0, "--model", model};
            case "promote" -> new Object[] {model};
            default -> new Object[0];
        };
    }

    @ParameterizedTest(name = "{0} without {1}")
    @MethodSource("rightsOfCommands")
    void refusesToWorkWithoutOneAndNamesIt(String command, AccessRight lacking) throws Exception {
        String table = command.equals("rollback") ? "promote" : command;
        String user = userWith(without(SecurityPage.rights(table), lacking));
        CommandOutput output = runAsUsual(command, user);
        assertThat(output.exitCode()).as(output.err()).isEqualTo(1);
        assertThat(output.err())
                .contains("lacks the right to " + lacking.describe() + ";", "kafka-acls.sh --add")
                .doesNotContain("password-of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "produce",
                "replay-dead-letters",
                "label",
                "models",
                "export-labels",
                "candidates-to-label",
                "compare-shadow"
            })
    void worksWithTheRightsThatAreListed(String command) throws Exception {
        CommandOutput output = runAsUsual(command, userWith(SecurityPage.rights(command)));
        assertThat(output.exitCode()).as(output.err()).isZero();
    }

    @Test
    void promotesAndRollsBackWithTheRightsThatAreListed() throws Exception {
        String user = userWith(SecurityPage.rights("promote"));
        for (String command : List.of("promote", "rollback")) {
            CommandOutput output = runAsUsual(command, user);
            assertThat(output.exitCode()).as(output.err()).isZero();
        }
    }

    @Test
    void injectsIntoImagesOfTheStreamWithTheRightsThatAreListed() throws Exception {
        CommandOutput sent = report("produce", userWith(SecurityPage.rights("produce")), "--simulate", 20);
        assertThat(sent.exitCode()).as(sent.err()).isZero();
        CommandOutput output = runAsUsual("inject-training", userWith(SecurityPage.rights("inject-training")));
        assertThat(output.exitCode()).as(output.err()).isZero();
    }

    @Test
    void saysThatAPasswordIsWrongAndNotThatKafkaIsAway() throws Exception {
        CommandOutput output = report("produce", "nobody", "--simulate", 1);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err())
                .contains("rejected the request: Authentication failed")
                .doesNotContain("password-of");
    }
}
