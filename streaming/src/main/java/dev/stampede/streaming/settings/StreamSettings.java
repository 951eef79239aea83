package dev.stampede.streaming.settings;

import dev.stampede.commandline.NearestName;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.score.EngineSettings.Cuda;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.publish.OutputRecords;
import dev.stampede.streaming.registry.SchemaSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/** The settings of a stream: the values of all keys, and the settings that are passed through to Kafka. Thread-safe. */
public final class StreamSettings {
    public static final String BOOTSTRAP_SERVERS = StreamKeys.BOOTSTRAP_SERVERS.name();

    /** All keys by group, in the order of {@code docs/reference/settings.md}. */
    static final List<KeyGroup> GROUPS = List.of(
            StreamKeys.KAFKA,
            StreamKeys.TOPICS,
            EngineKeys.MODEL,
            EngineKeys.ENGINE,
            StreamKeys.BATCHES,
            InputKeys.INPUT,
            InputKeys.SCHEMA_REGISTRY,
            OutputKeys.OUTPUT,
            ExplanationKeys.EXPLANATIONS,
            StreamKeys.RELEASES,
            StreamKeys.HTTP,
            StreamKeys.PROCESS);

    static final Map<String, Key<?>> KEYS = GROUPS.stream()
            .flatMap(group -> group.keys().stream())
            .collect(Collectors.toMap(Key::name, key -> key, (first, second) -> first, LinkedHashMap::new));

    /** Settings with this prefix configure every client, such as {@code kafka.security.protocol}. */
    private static final String EVERY_CLIENT = "kafka.";

    /** The prefixes of settings that are passed through to Kafka. */
    static final List<String> PASSED_THROUGH = List.of(EVERY_CLIENT, "main.consumer.", "producer.");

    private static final String INTERCEPTORS = "interceptor.classes";

    /** Kafka's default of one second is a burden on a broker that starts, for every client. */
    private static final int RECONNECT_BACKOFF_MAX_MILLIS = 5000;

    private final KeyValues values;
    private final Map<String, String> passedThrough;
    private final AlertTopics alertTopics;
    private @Nullable SchemaAccess schemaAccess;

    private StreamSettings(KeyValues values, Map<String, String> passedThrough) {
        this.values = values;
        this.alertTopics = AlertTopics.parse(
                StreamKeys.TOPIC_ALERTS.name(),
                values.get(StreamKeys.TOPIC_ALERTS),
                values.get(StreamKeys.TOPIC_OLDEST).orElse(LocalDate.MIN));
        this.passedThrough = passedThrough;
    }

    /**
     * Parses and validates settings, given by name.
     *
     * @throws InvalidSettingException if a setting is unknown, missing or invalid
     */
    public static StreamSettings of(Map<String, String> given) {
        Map<String, String> own = new HashMap<>();
        Map<String, String> passedThrough = new TreeMap<>();
        given.forEach((name, value) -> {
            if (KEYS.containsKey(name)) {
                own.put(name, value);
            } else if (isPassedThrough(name)) {
                passedThrough.put(name, value);
            } else {
                throw unknown(name);
            }
        });
        if (own.getOrDefault(BOOTSTRAP_SERVERS, "").isBlank()) {
            throw new InvalidSettingException("The setting " + BOOTSTRAP_SERVERS + " is missing: add host:port of a"
                    + " broker to the settings file, or set the environment variable "
                    + SettingsSource.variable(BOOTSTRAP_SERVERS));
        }
        KeyValues values =
                KeyValues.of(KEYS.values(), own, clientConfig(passedThrough, AbstractConfig.CONFIG_PROVIDERS_CONFIG));
        requireStrideWithinPatch(values);
        OutputSettings.requireRegistry(values);
        StreamSettings settings = new StreamSettings(values, passedThrough);
        requireProtocolOfPattern(settings);
        return settings;
    }

    private static void requireStrideWithinPatch(KeyValues values) {
        int patch = values.get(ExplanationKeys.PATCH);
        int stride = values.get(ExplanationKeys.STRIDE);
        if (stride > patch) {
            throw new InvalidSettingException("Invalid value " + stride + " for configuration "
                    + ExplanationKeys.STRIDE.name() + ": must be 1 to " + ExplanationKeys.PATCH.name() + ", " + patch
                    + ", so that every pixel is occluded once");
        }
    }

    /** With the protocol streams the broker would assign the topics, and its regular expressions have no lookahead. */
    private static void requireProtocolOfPattern(StreamSettings settings) {
        String protocol = settings.get(StreamKeys.GROUP_PROTOCOL);
        if (settings.alertTopics.isPattern() && !protocol.equals("classic")) {
            throw new InvalidSettingException("Invalid value " + protocol + " for configuration "
                    + StreamKeys.GROUP_PROTOCOL.name() + ": must be classic if " + StreamKeys.TOPIC_ALERTS.name()
                    + " is a regular expression");
        }
    }

    private static boolean isPassedThrough(String name) {
        if (name.endsWith(INTERCEPTORS)) {
            throw new InvalidSettingException(
                    "The setting " + name + " is not supported: the scorer is the only interceptor");
        }
        return PASSED_THROUGH.stream().anyMatch(name::startsWith);
    }

    private static InvalidSettingException unknown(String name) {
        String suggestion = NearestName.of(name, KEYS.keySet())
                .map(nearest -> "did you mean '" + nearest + "'? ")
                .orElse("");
        return new InvalidSettingException("Unknown setting '" + name + "': " + suggestion
                + "Settings of Kafka start with " + String.join(" or ", PASSED_THROUGH));
    }

    public <T> T get(Key<T> key) {
        return values.get(key);
    }

    public TopicNames topics() {
        return new TopicNames(
                get(StreamKeys.TOPIC_ALERTS),
                get(StreamKeys.TOPIC_CLASSIFICATIONS),
                get(StreamKeys.TOPIC_DEAD_LETTERS),
                get(StreamKeys.TOPIC_EXPLANATIONS),
                get(StreamKeys.TOPIC_EXPLANATION_REQUESTS),
                get(StreamKeys.TOPIC_MODELS),
                get(StreamKeys.TOPIC_SHADOW_CLASSIFICATIONS));
    }

    /** The input topics; topics of a pattern are read unless their date is before {@code topic.oldest}. */
    public AlertTopics alertTopics() {
        return alertTopics;
    }

    /** The topics that must exist; of a pattern of input topics none. */
    public List<String> usedTopics() {
        boolean explainsLater = !get(ExplanationKeys.POLICY).equals(ExplanationKeys.POLICY_NONE)
                && get(ExplanationKeys.DELIVERY).equals(ExplanationKeys.DELIVERY_TOPIC);
        return Stream.of(
                        alertTopics.names(),
                        topics().ofVerdicts(),
                        explainsLater ? topics().ofExplanations() : List.<String>of(),
                        topics().ofReleases(),
                        get(StreamKeys.PAGE_LABELS) ? List.of(get(StreamKeys.TOPIC_LABELS)) : List.<String>of())
                .flatMap(List::stream)
                .toList();
    }

    public EngineSettings engine() {
        return new EngineSettings(
                get(EngineKeys.PROVIDER),
                get(EngineKeys.THREADS),
                new Cuda(
                        get(EngineKeys.CUDA_DEVICE),
                        get(EngineKeys.CUDA_MAX_MEMORY_BYTES),
                        get(EngineKeys.CUDA_ARENA),
                        get(EngineKeys.CUDA_CONVOLUTION_SEARCH),
                        get(EngineKeys.CUDA_PAD_BATCHES)));
    }

    /**
     * What is read and how; reads the files that the settings name.
     *
     * @throws dev.stampede.stamps.error.InvalidInputException if a file cannot be used or settings contradict each other
     */
    public PacketInput input() {
        return InputSettings.of(values, schemaAccess(), get(StreamKeys.ALERT_MAX_BYTES));
    }

    /**
     * How the records of the output topics are written; registers their schemas if their format needs it.
     *
     * @throws dev.stampede.streaming.registry.SchemaRegistrationException if the registry refuses a schema
     */
    public OutputRecords output() {
        return OutputSettings.of(values, schemaAccess(), topics(), usedTopics());
    }

    /** Where schemas come from that records of the output topics name by an id. */
    public SchemaSource schemas() {
        return schemaAccess().written();
    }

    /** Opened by the first that needs it, because it reads files. */
    private synchronized SchemaAccess schemaAccess() {
        SchemaAccess access = schemaAccess;
        if (access == null) {
            access = SchemaAccess.of(values);
            schemaAccess = access;
        }
        return access;
    }

    /** Every setting with its value, in the order of the documentation; secrets are hidden. */
    public Map<String, String> printable() {
        Map<String, String> printable = new LinkedHashMap<>();
        KEYS.forEach((name, key) -> printable.put(name, values.text(key)));
        passedThrough.forEach(
                (name, value) -> printable.put(name, Key.isSecret(name) ? Key.HIDDEN : Key.withoutCredentials(value)));
        return printable;
    }

    /** The settings that differ from their defaults and those passed through; secrets are hidden. */
    public Map<String, String> changed() {
        Map<String, String> changed = printable();
        KEYS.forEach((name, key) -> {
            if (!key.isRequired()) {
                changed.remove(name, key.defaultText());
            }
        });
        return changed;
    }

    /** The configuration of any Kafka client: the brokers and the settings that are passed to every client. */
    public Map<String, Object> clientConfig() {
        Map<String, Object> client = clientConfig(passedThrough, "");
        client.put(BOOTSTRAP_SERVERS, get(StreamKeys.BOOTSTRAP_SERVERS));
        return withDefaults(client);
    }

    /** The configuration of a Kafka client, with the defaults of Stampede for what it does not set. */
    public static Map<String, Object> withDefaults(Map<String, Object> client) {
        Map<String, Object> complete = new HashMap<>(client);
        complete.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_BACKOFF_MAX_MILLIS);
        return complete;
    }

    private static Map<String, Object> clientConfig(Map<String, String> passedThrough, String start) {
        Map<String, Object> client = new HashMap<>();
        passedThrough.forEach((name, value) -> {
            if (name.startsWith(EVERY_CLIENT + start)) {
                client.put(name.substring(EVERY_CLIENT.length()), value);
            }
        });
        return client;
    }

    /** The settings that are passed to one kind of client, with their prefixes of Kafka Streams. */
    public Map<String, String> prefixedClientConfig() {
        Map<String, String> prefixed = new HashMap<>(passedThrough);
        prefixed.keySet().removeIf(name -> name.startsWith(EVERY_CLIENT));
        return prefixed;
    }
}
