package dev.stampede.streaming.command.option;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.settings.AlertTopics;
import dev.stampede.streaming.settings.EngineKeys;
import dev.stampede.streaming.settings.Key;
import dev.stampede.streaming.settings.SettingsSource;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command connects to Kafka. */
@OptionHeading("Kafka")
public final class KafkaOptions {
    static final String LOCAL = "127.0.0.1:9092";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description =
                    "Bootstrap brokers, separated by commas (default: those of --config, otherwise " + LOCAL + ").")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties file with client settings, such as security.protocol.")
    private @Nullable Path file;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Properties file of the stream: connect as it does, and use its topics. Environment variables override"
                            + " it. Cannot be combined with --kafka-config.")
    private @Nullable Path streamConfig;

    /** The client configuration. */
    public Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(
                stream().map(StreamSettings::clientConfig).orElseGet(() -> file == null ? Map.of() : read(file)));
        if (bootstrapServers != null || streamConfig == null) {
            client.put(
                    CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers == null ? LOCAL : bootstrapServers);
        }
        return StreamSettings.withDefaults(client);
    }

    private static Map<String, Object> read(Path file) {
        return new HashMap<>(SettingsSource.read(file));
    }

    /** The settings of the stream in {@code --config}. */
    public Optional<StreamSettings> stream() {
        if (streamConfig != null && file != null) {
            throw CommandException.usage("--config cannot be combined with --kafka-config: leave one out.");
        }
        return Optional.ofNullable(streamConfig).map(StreamOptions::settings);
    }

    /** The name of a topic: {@code given} by an option, otherwise that of the stream, otherwise the default. */
    public String topic(@Nullable String given, Key<String> key) {
        String topic =
                given == null ? stream().map(settings -> settings.get(key)).orElseGet(key::defaultValue) : given;
        if (topic.isBlank()) {
            throw CommandException.usage(key.name() + " is empty in " + streamConfig + ": set it, or give the topic.");
        }
        return topic;
    }

    /** The alerts topics: {@code given} by {@code --topic}, otherwise those of the stream, otherwise the default. */
    public AlertTopics alertTopics(@Nullable String given) {
        Key<String> key = StreamKeys.TOPIC_ALERTS;
        return given == null
                ? stream()
                        .map(StreamSettings::alertTopics)
                        .orElseGet(() -> AlertTopics.parse(key.name(), key.defaultValue()))
                : AlertTopics.parse("--topic", given);
    }

    /** The topic to send alerts to: {@code given} by {@code option}, otherwise that of the stream, which must be one topic. */
    public String alertsTopic(String option, @Nullable String given) {
        if (given != null) {
            return given;
        }
        AlertTopics topics = alertTopics(null);
        if (topics.names().size() != 1) {
            throw CommandException.usage(StreamKeys.TOPIC_ALERTS.name() + " in " + streamConfig
                    + " is not the name of one topic, but " + topics + ": name the topic with " + option + ".");
        }
        return topics.names().get(0);
    }

    /** The model file: {@code given} by an option, otherwise that of the stream, otherwise the shipped one. */
    public ModelFile model(@Nullable Path given) {
        return Optional.ofNullable(given)
                .or(() -> stream().flatMap(settings -> settings.get(EngineKeys.MODEL_PATH)))
                .map(ModelFile::read)
                .orElseGet(ModelFile::shipped);
    }

    /** The failure of an action, with the rights that are missing, if that is the cause. */
    public static CommandException failed(String action, KafkaException failure, AccessRights rights) {
        return CommandException.failed(
                "Cannot " + action + ": " + rights.missingFrom(failure).orElseGet(() -> FailureReason.of(failure)));
    }
}
