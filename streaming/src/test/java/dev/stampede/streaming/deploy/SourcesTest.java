package dev.stampede.streaming.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.settings.SettingsSource;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings and connections of surveys and brokers in deploy/sources. */
class SourcesTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Path SOURCES = DEPLOY.resolve("sources");
    private static final Path PAGE = Path.of("..", "docs", "how-to", "connect-to-a-broker.md");
    private static final String MIRROR = "-mirror.properties";
    private static final String SURVEY = "survey.";

    /** The names of the sources. */
    static Stream<String> sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(MIRROR))
                    .map(name -> name.replace(".properties", ""))
                    .toList()
                    .stream();
        }
    }

    private static StreamSettings settings(String source) {
        return StreamSettings.of(SettingsSource.read(SOURCES.resolve(source + ".properties")));
    }

    /** What MirrorMaker reads: the general file, then that of the source. */
    private static Map<String, String> mirror(String source) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(DEPLOY.resolve("mirrormaker/mirror.properties"))
                + Files.readString(SOURCES.resolve(source + MIRROR))));
        Map<String, String> mirror = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> mirror.put(key, properties.getProperty(key)));
        return mirror;
    }

    @Test
    void areThoseOfTheDocumentation() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(sources()).hasSize(6).allSatisfy(source -> assertThat(page).contains("| `" + source + "` |"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void theStreamTakesTheSettings(String source) {
        assertThat(settings(source).printable()).containsEntry("application.id", "stampede-" + source);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void theStreamReadsTheTopicsThatAreMirrored(String source) throws IOException {
        assertThat(mirror(source))
                .containsEntry("survey->local.topics", settings(source).get(StreamKeys.TOPIC_ALERTS));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void kafkaKnowsTheKeysOfTheConnection(String source) throws IOException {
        assertThat(mirror(source).keySet().stream()
                        .filter(key -> key.startsWith(SURVEY) && !key.startsWith("survey.consumer."))
                        .map(key -> key.substring(SURVEY.length())))
                .contains("bootstrap.servers", "security.protocol")
                .allSatisfy(key -> assertThat(ConsumerConfig.configNames()).contains(key))
                .allSatisfy(key -> assertThat(AdminClientConfig.configNames()).contains(key));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aSaslConnectionNamesItsMechanismAndReadsItsCredentialsFromAFile(String source) throws IOException {
        Map<String, String> mirror = mirror(source);
        SecurityProtocol protocol = SecurityProtocol.forName(mirror.get("survey.security.protocol"));
        if (protocol == SecurityProtocol.PLAINTEXT) {
            assertThat(mirror).doesNotContainKeys("survey.sasl.mechanism", "survey.sasl.jaas.config");
        } else {
            assertThat(mirror.get("survey.sasl.mechanism")).matches("SCRAM-SHA-(256|512)");
            assertThat(mirror).containsEntry("survey.sasl.jaas.config", "${file:/etc/stampede/survey.secrets:jaas}");
            assertThat(mirror).containsEntry("config.providers", "file");
        }
    }
}
