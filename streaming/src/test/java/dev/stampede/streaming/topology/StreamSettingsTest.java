package dev.stampede.streaming.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.scoring.BatchScoring;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(settings.topics()).isEqualTo(Topics.DEFAULT);
        assertThat(settings.modelPath()).isEmpty();
        assertThat(settings.maxAlertBytes()).isEqualTo(1 << 20);
        assertThat(settings.streamsConfig())
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("application.id", "stampede")
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("num.stream.threads", 1)
                .containsEntry("main.consumer.interceptor.classes", BatchScoring.class.getName());
    }

    @Test
    void readsItsOwnKeys() {
        StreamSettings settings = with(
                "topic.alerts", "a", "topic.classifications", "c", "topic.dead-letters", "d", "model.path", "/m.onnx");
        assertThat(settings.topics()).isEqualTo(new Topics("a", "c", "d"));
        assertThat(settings.modelPath()).contains(Path.of("/m.onnx"));
        Properties streams = with("threads", "3", "processing.guarantee", "at_least_once", "application.id", "x")
                .streamsConfig();
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
        assertThat(settings.streamsConfig())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("commit.interval.ms", "50")
                .containsEntry("main.consumer.max.poll.records", "7")
                .containsEntry("producer.linger.ms", "0");
        assertThat(settings.adminConfig())
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKey("producer.linger.ms");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "threads, 0",
        "threads, many",
        "processing.guarantee, sometimes",
        "alert.max.bytes, 10",
        "topic.alerts, ''",
        "treads, 2",
        "main.consumer.interceptor.classes, Mine"
    })
    void refusesAWrongSettingAndNamesIt(String key, String value) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> with(key, value))
                .withMessageContaining(key)
                .returns(2, CommandFailure::exitCode);
    }

    @Test
    void refusesToGuessTheBrokers() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> StreamSettings.of(Map.of()))
                .withMessageContaining("bootstrap.servers");
    }
}
