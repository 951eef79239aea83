package dev.stampede.streaming.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.streaming.release.ReleaseSettings;
import dev.stampede.streaming.scoring.PollBatchInterceptor;
import dev.stampede.streaming.service.StreamsConfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSettingsTest {
    private static StreamSettings with(String... keysAndValues) {
        Map<String, String> given = new HashMap<>(Map.of("bootstrap.servers", "kafka:9092"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            given.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return StreamSettings.of(given);
    }

    @Test
    void needsOnlyToKnowTheBrokers() {
        StreamSettings settings = with();
        assertThat(settings.topics()).isEqualTo(TopicNames.DEFAULT);
        assertThat(settings.get(EngineKeys.MODEL_PATH)).isEmpty();
        assertThat(settings.get(StreamKeys.ALERT_MAX_BYTES)).isEqualTo(4 << 20);
        assertThat(StreamsConfigs.of(settings))
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("application.id", "stampede")
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("num.stream.threads", 1)
                .containsEntry("main.consumer.interceptor.classes", PollBatchInterceptor.class.getName());
    }

    @Test
    void confluentsFormatNeedsARegistry() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> with("output.format", "confluent"))
                .withMessageContaining("output.format")
                .withMessageContaining("schema.registry.url");
    }

    @Test
    void readsItsOwnKeys() {
        StreamSettings settings = with(
                "topic.alerts", "a", "topic.classifications", "c", "topic.dead-letters", "d", "model.path", "/m.onnx");
        assertThat(settings.topics())
                .isEqualTo(new TopicNames(
                        "a", "c", "d", "explanations", "explanation-requests", "models", "shadow-classifications"));
        assertThat(settings.get(EngineKeys.MODEL_PATH)).contains(Path.of("/m.onnx"));
        Properties streams =
                StreamsConfigs.of(with("threads", "3", "processing.guarantee", "at_least_once", "application.id", "x"));
        assertThat(streams)
                .containsEntry("num.stream.threads", 3)
                .containsEntry("processing.guarantee", "at_least_once")
                .containsEntry("application.id", "x");
    }

    @Test
    void passesKafkasKeysOnAndLetsThemWin() {
        StreamSettings settings = with(
                "kafka.security.protocol", "SSL",
                "kafka.commit.interval.ms", "50",
                "main.consumer.max.poll.records", "7",
                "producer.linger.ms", "0");
        assertThat(StreamsConfigs.of(settings))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("commit.interval.ms", "50")
                .containsEntry("main.consumer.max.poll.records", "7")
                .containsEntry("producer.linger.ms", "0");
        assertThat(settings.clientConfig())
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKey("producer.linger.ms");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "threads, 0",
        "threads, many",
        "processing.guarantee, sometimes",
        "alert.max-bytes, 10",
        "topic.alerts, ''",
        "treads, 2",
        "group.protocol, consumer",
        "engine.provider, gpu",
        "engine.threads, 0",
        "engine.cuda.device, -1",
        "batch.max-alerts, 0",
        "batch.max-alerts, 50001",
        "batch.max-wait-ms, -1",
        "topics.create, perhaps",
        "topics.partitions, 0",
        "http.port, 65536",
        "stop.timeout-ms, 10",
        "score.views, 4",
        "explain.policy, often",
        "explain.delivery, mail",
        "explain.uncertain-band, 1.5",
        "explain.min-aperture-share, -1",
        "explain.max-per-second, 0",
        "explain.max-cores, 0",
        "explain.patch, 0",
        "explain.stride, 0",
        "explain.stride, 6",
        "explain.fill, mean",
        "explain.search, coarse",
        "engine.cuda.max-memory-bytes, -1",
        "release.max-bytes, 1048575",
        "release.max-bytes, 536870913",
        "main.consumer.interceptor.classes, Mine"
    })
    void refusesAWrongSettingAndNamesIt(String key, String value) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> with(key, value))
                .withMessageContaining(key);
    }

    @Test
    void givesExplanationsThreadsAndAGroupOfTheirOwn() {
        StreamSettings settings =
                with("explain.policy", "all", "explain.max-cores", "1.5", "threads", "4", "batch.max-wait-ms", "20");
        assertThat(StreamsConfigs.ofExplanations(settings))
                .containsEntry("application.id", "stampede-explanations")
                .containsEntry("num.stream.threads", 2)
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("main.consumer.max.poll.records", 32)
                .containsEntry("main.consumer.fetch.min.bytes", 1);
        assertThat(StreamsConfigs.of(settings))
                .containsEntry("application.id", "stampede")
                .containsEntry("num.stream.threads", 4);
    }

    @Test
    void needsTheTopicsOfReleasesOnlyWhereItFollowsThem() {
        assertThat(with().usedTopics())
                .containsExactly("alerts", "classifications", "dead-letters", "models", "shadow-classifications");
        assertThat(ReleaseSettings.of(with())).hasValueSatisfying(releases -> {
            assertThat(releases.topic()).isEqualTo("models");
            assertThat(releases.maxBytes()).isEqualTo(128 << 20);
            assertThat(releases.client()).containsEntry("bootstrap.servers", "kafka:9092");
        });
        assertThat(with("topic.models", "").usedTopics()).containsExactly("alerts", "classifications", "dead-letters");
        assertThat(ReleaseSettings.of(with("topic.models", ""))).isEmpty();
    }

    @Test
    void needsTheTopicsOfExplanationsOnlyWhereTheyAreUsed() {
        assertThat(with().usedTopics()).doesNotContain("explanations", "explanation-requests");
        assertThat(with("explain.policy", "all", "explain.delivery", "inline").usedTopics())
                .isEqualTo(with().usedTopics());
        assertThat(with("explain.policy", "requested").usedTopics())
                .containsExactlyElementsOf(TopicNames.DEFAULT.all());
    }

    @Test
    void refusesToGuessTheBrokers() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> StreamSettings.of(Map.of()))
                .withMessageContaining("bootstrap.servers");
    }

    @Test
    void formsBatchesByWhatKafkaPollsAndFetches() {
        assertThat(StreamsConfigs.of(with("batch.max-alerts", "500")))
                .containsEntry("main.consumer.max.poll.records", 500)
                .containsEntry("buffered.records.per.partition", 500)
                .doesNotContainKey("main.consumer.fetch.min.bytes");
        assertThat(StreamsConfigs.of(with("batch.max-alerts", "500", "batch.max-wait-ms", "25")))
                .containsEntry("main.consumer.fetch.min.bytes", 500 * 2048)
                .containsEntry("main.consumer.fetch.max.wait.ms", 25);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"classic", "streams"})
    void takesBothGroupProtocols(String protocol) {
        Properties streams = StreamsConfigs.of(with("group.protocol", protocol));
        assertThat(streams).containsEntry("group.protocol", protocol);
        assertThat(new StreamsConfig(streams).getString("group.protocol")).isEqualTo(protocol);
    }

    @Test
    void readsWhatComputes() {
        EngineSettings engine = with(
                        "engine.provider", "cuda",
                        "engine.threads", "2",
                        "engine.cuda.device", "1",
                        "engine.cuda.max-memory-bytes", "4294967296",
                        "engine.cuda.arena", "same-as-requested",
                        "engine.cuda.convolution-search", "heuristic",
                        "engine.cuda.pad-batches", "false")
                .engine();
        assertThat(engine)
                .isEqualTo(new EngineSettings(
                        EngineSettings.Provider.CUDA,
                        2,
                        new EngineSettings.Cuda(
                                1,
                                4L << 30,
                                EngineSettings.Arena.SAME_AS_REQUESTED,
                                EngineSettings.ConvolutionSearch.HEURISTIC,
                                false)));
    }

    @Test
    void usesAGpuAsTheEngineDoesByItselfUnlessToldOtherwise() {
        assertThat(with().engine().cuda()).isEqualTo(EngineSettings.Cuda.FIRST);
    }

    @Test
    void stopsWhereTheEngineFailsUnlessToldToGoOn() {
        assertThat(with().get(EngineKeys.ON_FAILURE)).isEqualTo(EngineFailurePolicy.STOP);
        assertThat(with("engine.on-failure", "cpu").get(EngineKeys.ON_FAILURE)).isEqualTo(EngineFailurePolicy.CPU);
    }

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "treads, threads",
        "batch.max-alert, batch.max-alerts",
        "batch.maxAlerts, batch.max-alerts",
        "engine.provder, engine.provider",
        "topic.deadletters, topic.dead-letters",
        "http.prot, http.port"
    })
    void suggestsTheNearestKey(String written, String meant) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> with(written, "1"))
                .withMessageContaining("'" + written + "'")
                .withMessageContaining("did you mean '" + meant + "'");
    }

    @Test
    void suggestsNothingWhereNothingIsNear() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> with("zookeeper", "1"))
                .withMessageNotContaining("did you mean");
    }

    @Test
    void readsAFileAndLetsTheEnvironmentWin(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("stream.properties"),
                "# a comment\nbootstrap.servers=file:1\nbatch.max-alerts = 10\nthreads=2\n");
        Map<String, String> given = new HashMap<>(SettingsSource.read(file));
        given.putAll(SettingsSource.environment(Map.of(
                "STAMPEDE_BATCH_MAX_ALERTS", "20",
                "STAMPEDE_TOPIC_DEAD_LETTERS", "buried",
                "STAMPEDE_KAFKA_SECURITY_PROTOCOL", "SSL",
                "STAMPEDE_MAIN_CONSUMER_SESSION_TIMEOUT_MS", "9000",
                "STAMPEDE_NONSENSE", "1",
                "PATH", "/bin")));
        StreamSettings settings = StreamSettings.of(given);
        assertThat(settings.get(StreamKeys.BOOTSTRAP_SERVERS)).isEqualTo("file:1");
        assertThat(settings.get(StreamKeys.THREADS)).isEqualTo(2);
        assertThat(settings.get(StreamKeys.BATCH_MAX_ALERTS)).isEqualTo(20);
        assertThat(settings.topics().deadLetters()).isEqualTo("buried");
        assertThat(StreamsConfigs.of(settings))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("main.consumer.session.timeout.ms", "9000");
    }

    @Test
    void namesVariablesThatOnlyLookLikeSettings() {
        assertThat(SettingsSource.unknown(Map.of(
                        "STAMPEDE_BATCH_MAX_ALERT",
                        "1",
                        "STAMPEDE_JAVA_OPTIONS",
                        "",
                        "STAMPEDE_CUDA",
                        "true",
                        "STAMPEDE_EXIT_ON_STDIN_EOF",
                        "true",
                        "STAMPEDE_THREADS",
                        "1")))
                .containsExactly("STAMPEDE_BATCH_MAX_ALERT");
    }

    @Test
    void refusesAFileThatIsNotThere(@TempDir Path directory) {
        Path absent = directory.resolve("absent.properties");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> SettingsSource.read(absent))
                .withMessageContaining(absent.toString());
    }

    @Test
    void printsEverySettingButNoSecret() {
        Map<String, String> printed = with(
                        "kafka.sasl.jaas.config", "user=\"u\" password=\"hush\"",
                        "kafka.ssl.keystore.password", "hush",
                        "kafka.security.protocol", "SASL_SSL")
                .printable();
        assertThat(printed)
                .containsEntry("threads", "1")
                .containsEntry("kafka.security.protocol", "SASL_SSL")
                .containsKeys(StreamSettings.KEYS.keySet().toArray(String[]::new));
        assertThat(printed.values()).noneMatch(value -> value.contains("hush"));
    }

    @Test
    void refusesCredentialsInTheUrlOfARegistryAndNeverPrintsThem() {
        StreamSettings settings = StreamSettings.of(Map.of(
                "bootstrap.servers", "nowhere:1", "schema.registry.url", "http://ann:pa@ss@one:8081,http://two"));
        assertThat(settings.printable().get("schema.registry.url"))
                .contains("one:8081,http://two")
                .doesNotContain("ann", "pa@ss");
        assertThat(settings.changed().toString()).doesNotContain("pa@ss");
        assertThatThrownBy(settings::input)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("schema.registry.basic-auth")
                .hasMessageNotContaining("ann")
                .hasMessageNotContaining("pa@ss");
    }
}
