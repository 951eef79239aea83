package dev.stampede.streaming.topology;

import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.stamps.score.EngineSettings.Arena;
import dev.stampede.stamps.score.EngineSettings.ConvolutionSearch;
import dev.stampede.stamps.score.EngineSettings.Cuda;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.explain.ExplanationSettings;
import dev.stampede.streaming.observe.Endpoint;
import dev.stampede.streaming.observe.Token;
import dev.stampede.streaming.packet.InputSettings;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.release.ReleaseSettings;
import dev.stampede.streaming.scoring.OnEngineFailure;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of a stream: our own keys, and whatever is passed through to Kafka under a prefix. */
public final class StreamSettings {
    public static final String BOOTSTRAP_SERVERS = StreamDefinition.BOOTSTRAP_SERVERS;

    /** Passed to every client without the prefix, such as {@code kafka.security.protocol}. */
    private static final String EVERY_CLIENT = "kafka.";

    /** The prefixes of what is passed through. */
    static final List<String> PASSED_THROUGH = List.of(EVERY_CLIENT, "main.consumer.", "producer.");

    private static final String INTERCEPTORS = "interceptor.classes";

    private final AbstractConfig config;
    private final ExplanationSettings explanations;
    private final Map<String, String> passedThrough;

    private StreamSettings(AbstractConfig config, Map<String, String> passedThrough) {
        this.config = config;
        this.explanations = ExplanationSettings.of(config);
        this.passedThrough = passedThrough;
    }

    /**
     * Reads and checks settings.
     *
     * @throws CommandFailure if a key is unknown or missing, or a value wrong; the message names it
     */
    public static StreamSettings of(Map<String, String> given) {
        Map<String, String> ours = new HashMap<>();
        Map<String, String> passedThrough = new TreeMap<>();
        for (Map.Entry<String, String> setting : given.entrySet()) {
            String key = setting.getKey();
            if (StreamDefinition.DEFINITION.names().contains(key)) {
                ours.put(key, setting.getValue());
            } else if (isPassedThrough(key)) {
                passedThrough.put(key, setting.getValue());
            } else {
                throw unknown(key);
            }
        }
        if (ours.getOrDefault(BOOTSTRAP_SERVERS, "").isBlank()) {
            throw CommandFailure.usage("The setting " + BOOTSTRAP_SERVERS + " is missing: write host:port of a broker"
                    + " into the settings file, or set " + SettingsSource.variable(BOOTSTRAP_SERVERS));
        }
        try {
            return new StreamSettings(
                    new AbstractConfig(StreamDefinition.DEFINITION, ours, providers(passedThrough), false),
                    passedThrough);
        } catch (ConfigException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    /** What Kafka's clients are told of where to look up values such as {@code ${file:PATH:KEY}}; it holds for ours too. */
    private static Map<String, Object> providers(Map<String, String> passedThrough) {
        Map<String, Object> providers = new HashMap<>();
        passedThrough.forEach((key, value) -> {
            if (key.startsWith(EVERY_CLIENT + AbstractConfig.CONFIG_PROVIDERS_CONFIG)) {
                providers.put(key.substring(EVERY_CLIENT.length()), value);
            }
        });
        return providers;
    }

    private static boolean isPassedThrough(String key) {
        return !isInterceptors(key) && PASSED_THROUGH.stream().anyMatch(key::startsWith);
    }

    private static boolean isInterceptors(String key) {
        return key.endsWith(INTERCEPTORS); // the scorer of polls is one
    }

    private static CommandFailure unknown(String key) {
        if (isInterceptors(key)) {
            return CommandFailure.usage("The setting '" + key + "' is taken: the scorer is an interceptor");
        }
        String meant = NearestKey.of(key, StreamDefinition.DEFINITION.names())
                .map(nearest -> "did you mean '" + nearest + "'? ")
                .orElse("");
        return CommandFailure.usage("There is no setting '" + key + "': " + meant + "Those of Kafka start with "
                + String.join(" or ", PASSED_THROUGH));
    }

    public String bootstrapServers() {
        return config.getString(BOOTSTRAP_SERVERS);
    }

    public String applicationId() {
        return config.getString(StreamDefinition.APPLICATION_ID);
    }

    public Topics topics() {
        return new Topics(
                config.getString(StreamDefinition.TOPIC_ALERTS),
                config.getString(StreamDefinition.TOPIC_CLASSIFICATIONS),
                config.getString(StreamDefinition.TOPIC_DEAD_LETTERS),
                config.getString(StreamDefinition.TOPIC_EXPLANATIONS),
                config.getString(StreamDefinition.TOPIC_EXPLANATION_REQUESTS),
                config.getString(ReleaseSettings.TOPIC),
                config.getString(StreamDefinition.TOPIC_SHADOW_CLASSIFICATIONS));
    }

    /** The topics that must be there. */
    List<String> usedTopics() {
        List<String> ofExplanations = explanations.explainsLater() ? topics().ofExplanations() : List.of();
        List<String> ofLabels = pageTakesLabels() ? List.of(labelsTopic()) : List.of();
        return Stream.of(topics().ofVerdicts(), ofExplanations, topics().ofReleases(), ofLabels)
                .flatMap(List::stream)
                .toList();
    }

    /** How releases of models are followed; empty where none are. */
    public Optional<ReleaseSettings> releases() {
        return ReleaseSettings.of(config, clientConfig());
    }

    /** Where labels are. */
    public String labelsTopic() {
        return config.getString(StreamDefinition.TOPIC_LABELS);
    }

    /** Whether candidates can be labelled on the live page. */
    public boolean pageTakesLabels() {
        return config.getBoolean(StreamDefinition.PAGE_LABELS);
    }

    /** What the user of Kafka must be allowed. */
    public Rights rights() {
        return Rights.of(this);
    }

    /** Which verdicts are explained, how, and at what cost. */
    public ExplanationSettings explanations() {
        return explanations;
    }

    /** In how many views each stamp is judged: 1 or 8. */
    public int views() {
        return config.getInt(StreamDefinition.SCORE_VIEWS);
    }

    /** The model file; empty for the one that ships. */
    public Optional<Path> modelPath() {
        return Optional.of(config.getString(StreamDefinition.MODEL_PATH))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
    }

    /** What computes, and how. */
    public EngineSettings engine() {
        return new EngineSettings(
                EngineSettings.Provider.valueOf(constant(StreamDefinition.ENGINE_PROVIDER)),
                config.getInt(StreamDefinition.ENGINE_THREADS),
                new Cuda(
                        config.getInt(StreamDefinition.CUDA_DEVICE),
                        (long) config.getInt(StreamDefinition.CUDA_MEMORY_LIMIT) * StreamDefinition.MEBIBYTE,
                        Arena.valueOf(constant(StreamDefinition.CUDA_ARENA)),
                        ConvolutionSearch.valueOf(constant(StreamDefinition.CUDA_SEARCH)),
                        config.getBoolean(StreamDefinition.CUDA_PAD_BATCHES)));
    }

    /** What becomes of a stream whose engine fails while it runs. */
    public OnEngineFailure onEngineFailure() {
        return OnEngineFailure.valueOf(constant(StreamDefinition.ENGINE_ON_FAILURE));
    }

    /** The name of the enum's constant that the setting {@code key} chooses. */
    private String constant(String key) {
        return config.getString(key).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    public String guarantee() {
        return config.getString(StreamDefinition.PROCESSING_GUARANTEE);
    }

    public String groupProtocol() {
        return config.getString(StreamDefinition.GROUP_PROTOCOL);
    }

    public int threads() {
        return config.getInt(StreamDefinition.THREADS);
    }

    public int maxBatch() {
        return config.getInt(StreamDefinition.BATCH_MAX_ALERTS);
    }

    public int maxWaitMillis() {
        return config.getInt(StreamDefinition.BATCH_MAX_WAIT_MILLIS);
    }

    public int maxAlertBytes() {
        return config.getInt(StreamDefinition.MAX_ALERT_BYTES);
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

    /**
     * Where HTTP is served, and to whom.
     *
     * @throws CommandFailure if the file of the token cannot be used
     */
    public Endpoint endpoint() {
        return new Endpoint(
                new InetSocketAddress(httpHost(), httpPort()),
                Optional.of(config.getString(StreamDefinition.HTTP_TOKEN_FILE))
                        .filter(file -> !file.isEmpty())
                        .map(file -> Token.read(Path.of(file))));
    }

    public String httpHost() {
        return config.getString(StreamDefinition.HTTP_HOST);
    }

    /** The port of HTTP; 0 for a free one. */
    public int httpPort() {
        return config.getInt(StreamDefinition.HTTP_PORT);
    }

    /** How long a stop may take. */
    public Duration stopAtMost() {
        return Duration.ofMillis(config.getInt(StreamDefinition.STOP_MAX_MILLIS));
    }

    /** How topics that are absent are made; empty where they must not be. */
    Optional<NewTopics> newTopics() {
        return config.getBoolean(StreamDefinition.TOPICS_CREATE)
                ? Optional.of(new NewTopics(
                        config.getInt(StreamDefinition.TOPICS_PARTITIONS),
                        config.getInt(StreamDefinition.TOPICS_REPLICATION)))
                : Optional.empty();
    }

    /** How topics are made: {@code replicas} of -1 are as many as the brokers are set to. */
    record NewTopics(int partitions, int replicas) {}

    /** Every setting with its value, our own in the order of the documentation; secrets are hidden. */
    public Map<String, String> printable() {
        Map<String, String> printable = new LinkedHashMap<>();
        StreamDefinition.SETTINGS.forEach(setting -> printable.put(
                setting.key(), StreamDefinition.text(config.values().get(setting.key()))));
        passedThrough.forEach((key, value) -> printable.put(key, Secret.isNamedBy(key) ? Secret.HIDDEN : value));
        return printable;
    }

    /** The settings whose values are not the defaults, and what is passed through; secrets are hidden. */
    public Map<String, String> changed() {
        Map<String, String> changed = printable();
        for (StreamDefinition.Setting setting : StreamDefinition.SETTINGS) {
            if (!setting.isRequired()) {
                changed.remove(setting.key(), StreamDefinition.text(setting.fallback()));
            }
        }
        return changed;
    }

    /** Whether log lines are JSON. */
    public boolean logsJson() {
        return config.getString(StreamDefinition.LOG_FORMAT).equals("json");
    }

    /** The configuration of any client: where the brokers are and what every client is told. */
    public Map<String, Object> clientConfig() {
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
        Properties streams = StreamsChoices.of(this);
        streams.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId());
        streams.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee());
        streams.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, groupProtocol());
        streams.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads());
        streams.putAll(clientConfig());
        passedThrough.forEach((key, value) -> {
            if (!key.startsWith(EVERY_CLIENT)) {
                streams.put(key, value);
            }
        });
        return streams;
    }

    /** The configuration of the Kafka Streams that makes explanations. */
    Properties explanationStreamsConfig() {
        Properties streams = streamsConfig();
        streams.putAll(StreamsChoices.ofExplanations(this));
        return streams;
    }
}
