package dev.stampede.streaming.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.streaming.broker.SecuredBroker;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.service.StreamTopics;
import dev.stampede.streaming.settings.SettingsSource;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Where secrets come from, and where they must never be seen. */
@Tag("slow")
class SecretsTest {
    private static final String USER = "reader";

    @TempDir
    private static Path folder;

    private static SecuredBroker broker;
    private static Path model;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SecuredBroker.start(folder);
        broker.broker()
                .createTopics(
                        1,
                        List.of("alerts", "classifications", "dead-letters", "explanations", "explanation-requests"));
        List<AccessRight> rights = new ArrayList<>(SecurityPage.rights("stream"));
        rights.addAll(SecurityPage.rights("explanations"));
        broker.addUser(USER, rights);
        model = TinyModel.standard().write(folder.resolve("tiny.onnx"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** Settings of a stream whose JAAS configuration is {@code jaas}. */
    private static Map<String, String> given(String jaas) {
        Map<String, String> given = new HashMap<>(broker.streamSettings(USER));
        given.put("kafka.sasl.jaas.config", jaas);
        given.put("model.path", model.toString());
        given.put("http.port", "0");
        given.put("topic.models", "");
        return given;
    }

    private static Map<String, String> fromAFile() throws IOException {
        Properties secrets = new Properties();
        secrets.setProperty("jaas", SecuredBroker.jaas(USER));
        secrets.setProperty("registry", "me:registry-password");
        Path file = folder.resolve("secrets.properties");
        try (var out = Files.newOutputStream(file)) {
            secrets.store(out, null);
        }
        Map<String, String> given = given("${file:" + file + ":jaas}");
        given.put("kafka.config.providers", "file");
        given.put("kafka.config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        given.put("schema.registry.url", "http://127.0.0.1:1");
        given.put("schema.registry.basic-auth", "${file:" + file + ":registry}");
        return given;
    }

    /** What a stream said on its way to running and back, the log included. */
    private static String reported(Map<String, String> given) throws InterruptedException {
        ByteArrayOutputStream reported = new ByteArrayOutputStream();
        PrintStream err = System.err;
        try {
            System.setErr(new PrintStream(reported, true, UTF_8));
            try (RunningStream stream = new RunningStream(StreamSettings.of(given), reported)) {
                stream.awaitRunning();
            }
        } finally {
            System.setErr(err);
        }
        return reported.toString(UTF_8);
    }

    @Test
    void readsSecretsFromTheFilesThatKafkasProvidersName() throws Exception {
        Map<String, String> given = fromAFile();
        given.put("explain.policy", "all");
        assertThat(reported(given))
                .contains("Running", "setting  kafka.sasl.jaas.config=[hidden]")
                .contains("setting  schema.registry.basic-auth=[hidden]")
                .doesNotContain("password-of", "registry-password");
    }

    @Test
    void readsThemFromTheEnvironment() {
        Map<String, String> given = given("replaced");
        given.remove("kafka.sasl.jaas.config");
        given.putAll(SettingsSource.environment(Map.of("STAMPEDE_KAFKA_SASL_JAAS_CONFIG", SecuredBroker.jaas(USER))));
        assertThat(StreamTopics.require(StreamSettings.of(given))).containsKey("alerts");
    }

    @Test
    void namesTheVariableOfCredentialsThatAreAbsent() {
        Map<String, String> given = given("removed");
        given.remove("kafka.sasl.jaas.config");
        assertThatExceptionOfType(StampedeException.class)
                .isThrownBy(() -> StreamTopics.require(StreamSettings.of(given)))
                .withMessageContaining("set STAMPEDE_KAFKA_SASL_JAAS_CONFIG");
    }

    @Test
    void printsNoneOfThem() throws IOException {
        Properties all = new Properties();
        all.putAll(fromAFile());
        all.setProperty("kafka.sasl.jaas.config", SecuredBroker.jaas(USER));
        all.setProperty("kafka.ssl.keystore.key", "PRIVATE-KEY-OF-PEM");
        all.setProperty("main.consumer.sasl.oauthbearer.client.credentials.client.secret", "PRIVATE-SECRET");
        Path file = folder.resolve("all.properties");
        try (var out = Files.newOutputStream(file)) {
            all.store(out, null);
        }
        CommandOutput output = CommandOutput.by("stream", "--config", file, "--print-config");
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out())
                .contains("kafka.sasl.jaas.config=[hidden]", "schema.registry.basic-auth=[hidden]")
                .doesNotContain("password-of", "registry-password", "PRIVATE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password-of-x",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"x\" password=\"password-of-x\"",
                "org.apache.kafka.common.security.scram.ScramLoginModule password-of-x password=\"password-of-x\";",
                "no.such.Module required username=\"x\" password=\"password-of-x\";",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"x\" password=\"password-of-x\";"
            })
    void doesNotEchoAConfigurationThatIsWrong(String jaas) {
        assertThatExceptionOfType(StampedeException.class)
                .isThrownBy(() -> StreamTopics.require(StreamSettings.of(given(jaas))))
                .satisfies(failure -> {
                    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("password-of");
                    }
                });
    }

    /** Whoever lists the processes of a machine sees their arguments. */
    @Test
    void takesNoSecretAsAnArgument() {
        new CommandLine(StampedeCommands.create())
                .getSubcommands()
                .forEach((name, command) -> assertThat(
                                command.getCommandSpec().optionsMap().keySet())
                        .as(name)
                        .noneMatch(
                                option -> option.matches("(?i).*(password|secret|token|jaas|credential)(?!-file$).*")));
    }
}
