package dev.stampede.streaming.topology;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.packet.InputSettings;
import dev.stampede.streaming.packet.PacketInput;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of a stream: our own keys, and whatever is passed through to Kafka under a prefix. */
public final class StreamSettings {
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String APPLICATION_ID = "application.id";
    public static final String TOPIC_ALERTS = "topic.alerts";
    public static final String TOPIC_CLASSIFICATIONS = "topic.classifications";
    public static final String TOPIC_DEAD_LETTERS = "topic.dead-letters";
    public static final String PROCESSING_GUARANTEE = "processing.guarantee";
    public static final String THREADS = "threads";
    public static final String MODEL_PATH = "model.path";
    public static final String MAX_ALERT_BYTES = "alert.max.bytes";

    /** Passed to every client without the prefix, such as {@code kafka.security.protocol}. */
    private static final String EVERY_CLIENT = "kafka.";

    private static final List<String> ONE_CLIENT = List.of("main.consumer.", "producer.");
    private static final String INTERCEPTORS = "interceptor.classes";
    private static final int MEBIBYTE = 1 << 20;

    private static final ConfigDef DEFINITION = InputSettings.define(new ConfigDef())
            .define(
                    BOOTSTRAP_SERVERS,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    new NonEmptyString(),
                    Importance.HIGH,
                    "Brokers to start from, host:port, separated by commas.")
            .define(
                    APPLICATION_ID,
                    ConfigDef.Type.STRING,
                    "stampede",
                    new NonEmptyString(),
                    Importance.HIGH,
                    "Names the consumer group and the transactions; one per stream of verdicts.")
            .define(
                    TOPIC_ALERTS,
                    ConfigDef.Type.STRING,
                    Topics.DEFAULT.alerts(),
                    new NonEmptyString(),
                    Importance.HIGH,
                    "Where alerts come from.")
            .define(
                    TOPIC_CLASSIFICATIONS,
                    ConfigDef.Type.STRING,
                    Topics.DEFAULT.classifications(),
                    new NonEmptyString(),
                    Importance.HIGH,
                    "Where verdicts go.")
            .define(
                    TOPIC_DEAD_LETTERS,
                    ConfigDef.Type.STRING,
                    Topics.DEFAULT.deadLetters(),
                    new NonEmptyString(),
                    Importance.HIGH,
                    "Where values go that cannot be read.")
            .define(
                    PROCESSING_GUARANTEE,
                    ConfigDef.Type.STRING,
                    StreamsConfig.EXACTLY_ONCE_V2,
                    ValidString.in(StreamsConfig.EXACTLY_ONCE_V2, StreamsConfig.AT_LEAST_ONCE),
                    Importance.MEDIUM,
                    "exactly_once_v2: one outcome an alert; at_least_once: a crash may repeat some.")
            .define(
                    THREADS,
                    ConfigDef.Type.INT,
                    1,
                    Range.between(1, 256),
                    Importance.MEDIUM,
                    "Stream threads, each with a scorer of its own; more than partitions are idle.")
            .define(
                    MODEL_PATH,
                    ConfigDef.Type.STRING,
                    "",
                    Importance.HIGH,
                    "The model file; empty for the one that ships with Stampede.")
            .define(
                    MAX_ALERT_BYTES,
                    ConfigDef.Type.INT,
                    MEBIBYTE,
                    Range.between(1024, 64 * MEBIBYTE),
                    Importance.LOW,
                    "The largest value that is decoded; a larger one is a dead letter.");

    private final AbstractConfig config;
    private final Map<String, String> passedThrough;

    private StreamSettings(AbstractConfig config, Map<String, String> passedThrough) {
        this.config = config;
        this.passedThrough = passedThrough;
    }

    /**
     * Reads and checks settings.
     *
     * @throws CommandFailure if a key is unknown or missing, or a value wrong; the message names it
     */
    public static StreamSettings of(Map<String, String> given) {
        Map<String, String> ours = new HashMap<>();
        Map<String, String> passedThrough = new HashMap<>();
        for (Map.Entry<String, String> setting : given.entrySet()) {
            String key = setting.getKey();
            if (DEFINITION.names().contains(key)) {
                ours.put(key, setting.getValue());
            } else if (isPassedThrough(key)) {
                passedThrough.put(key, setting.getValue());
            } else {
                throw CommandFailure.usage("There is no setting '" + key + "'; those of Kafka start with "
                        + EVERY_CLIENT + " or " + String.join(" or ", ONE_CLIENT));
            }
        }
        try {
            return new StreamSettings(new AbstractConfig(DEFINITION, ours, false), Map.copyOf(passedThrough));
        } catch (ConfigException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isPassedThrough(String key) {
        if (key.endsWith(INTERCEPTORS)) {
            return false; // the scorer of polls is one
        }
        return key.startsWith(EVERY_CLIENT) || ONE_CLIENT.stream().anyMatch(key::startsWith);
    }

    public String bootstrapServers() {
        return config.getString(BOOTSTRAP_SERVERS);
    }

    public Topics topics() {
        return new Topics(
                config.getString(TOPIC_ALERTS),
                config.getString(TOPIC_CLASSIFICATIONS),
                config.getString(TOPIC_DEAD_LETTERS));
    }

    /** The model file; empty for the one that ships. */
    public Optional<Path> modelPath() {
        return Optional.of(config.getString(MODEL_PATH))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }

    public int maxAlertBytes() {
        return config.getInt(MAX_ALERT_BYTES);
    }

    /**
     * What is read and how; opens the files that the settings name.
     *
     * @throws CommandFailure if one cannot be used or a setting contradicts another
     */
    public PacketInput input() {
        try {
            return InputSettings.of(config, maxAlertBytes());
        } catch (ConfigException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    /** The configuration of an admin client: where the brokers are and what every client is told. */
    Map<String, Object> adminConfig() {
        Map<String, Object> admin = new HashMap<>();
        admin.put(BOOTSTRAP_SERVERS, bootstrapServers());
        passedThrough.forEach((key, value) -> {
            if (key.startsWith(EVERY_CLIENT)) {
                admin.put(key.substring(EVERY_CLIENT.length()), value);
            }
        });
        return admin;
    }

    /** The configuration of Kafka Streams: our choices, then what is passed through, which wins. */
    Properties streamsConfig() {
        Properties streams = StreamsChoices.forAlertsUpTo(maxAlertBytes());
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, config.getString(APPLICATION_ID));
        streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, config.getString(PROCESSING_GUARANTEE));
        streams.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.getInt(THREADS));
        streams.putAll(adminConfig());
        passedThrough.forEach((key, value) -> {
            if (!key.startsWith(EVERY_CLIENT)) {
                streams.put(key, value);
            }
        });
        return streams;
    }
}
