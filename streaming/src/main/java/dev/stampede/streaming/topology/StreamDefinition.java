package dev.stampede.streaming.topology;

import dev.stampede.stamps.explain.Views;
import dev.stampede.streaming.explain.ExplanationSettings;
import dev.stampede.streaming.packet.InputSettings;
import dev.stampede.streaming.release.ReleaseSettings;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** Every setting of a stream: its key, type, default, range and a sentence. */
final class StreamDefinition {
    static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    static final String APPLICATION_ID = "application.id";
    static final String TOPIC_ALERTS = "topic.alerts";
    static final String TOPIC_CLASSIFICATIONS = "topic.classifications";
    static final String TOPIC_DEAD_LETTERS = "topic.dead-letters";
    static final String TOPIC_EXPLANATIONS = "topic.explanations";
    static final String TOPIC_EXPLANATION_REQUESTS = "topic.explanation-requests";
    static final String TOPIC_LABELS = "topic.labels";
    static final String TOPIC_SHADOW_CLASSIFICATIONS = "topic.shadow-classifications";
    static final String TOPICS_CREATE = "topics.create";
    static final String TOPICS_PARTITIONS = "topics.partitions";
    static final String TOPICS_REPLICATION = "topics.replication-factor";
    static final String PROCESSING_GUARANTEE = "processing.guarantee";
    static final String GROUP_PROTOCOL = "group.protocol";
    static final String THREADS = "threads";
    static final String MODEL_PATH = "model.path";
    static final String ENGINE_PROVIDER = "engine.provider";
    static final String ENGINE_THREADS = "engine.threads";
    static final String ENGINE_ON_FAILURE = "engine.on-failure";
    static final String CUDA_DEVICE = "engine.cuda.device";
    static final String CUDA_MEMORY_LIMIT = "engine.cuda.memory-limit-mebibytes";
    static final String CUDA_ARENA = "engine.cuda.arena";
    static final String CUDA_SEARCH = "engine.cuda.convolution-search";
    static final String CUDA_PAD_BATCHES = "engine.cuda.pad-batches";
    static final String BATCH_MAX_ALERTS = "batch.max-alerts";
    static final String BATCH_MAX_WAIT_MILLIS = "batch.max-wait-millis";
    static final String MAX_ALERT_BYTES = "alert.max.bytes";
    static final String SCORE_VIEWS = "score.views";
    static final String HTTP_HOST = "http.host";
    static final String HTTP_TOKEN_FILE = "http.token.file";
    static final String HTTP_PORT = "http.port";
    static final String PAGE_LABELS = "page.labels";
    static final String LOG_FORMAT = "log.format";
    static final String STOP_MAX_MILLIS = "stop.max-millis";

    static final int MEBIBYTE = 1 << 20;

    private static final List<Setting> OURS = List.of(
            text(BOOTSTRAP_SERVERS, ConfigDef.NO_DEFAULT_VALUE, "Brokers to start from: host:port, by commas."),
            text(APPLICATION_ID, "stampede", "Names the consumer group and the transactions; one a stream."),
            text(TOPIC_ALERTS, Topics.DEFAULT.alerts(), "Where alerts come from."),
            text(TOPIC_CLASSIFICATIONS, Topics.DEFAULT.classifications(), "Where verdicts go."),
            text(TOPIC_DEAD_LETTERS, Topics.DEFAULT.deadLetters(), "Where values go that cannot be read."),
            text(TOPIC_EXPLANATIONS, Topics.DEFAULT.explanations(), "Where verdicts go with their maps."),
            text(
                    TOPIC_EXPLANATION_REQUESTS,
                    Topics.DEFAULT.explanationRequests(),
                    "How the stream tells itself what to explain; internal."),
            text(TOPIC_LABELS, "labels", "Where labels are that experts and follow-up give."),
            text(
                    TOPIC_SHADOW_CLASSIFICATIONS,
                    Topics.DEFAULT.shadowClassifications(),
                    "Where the verdicts of a shadow go, which scores beside the model that judges."),
            new Setting(
                    TOPICS_CREATE,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    new ConfigDef.NonNullValidator(),
                    "Whether to make topics that are absent; if not, an absent one stops the start."),
            number(TOPICS_PARTITIONS, 4, 1, 10_000, "Partitions of each topic that is made."),
            number(
                    TOPICS_REPLICATION,
                    -1,
                    -1,
                    100,
                    "Copies of each topic that is made; -1 for what the brokers are set to."),
            choice(
                    PROCESSING_GUARANTEE,
                    StreamsConfig.EXACTLY_ONCE_V2,
                    "exactly_once_v2: one outcome an alert; at_least_once: a crash may repeat some.",
                    StreamsConfig.EXACTLY_ONCE_V2,
                    StreamsConfig.AT_LEAST_ONCE),
            choice(
                    GROUP_PROTOCOL,
                    "classic",
                    "How instances share partitions: classic works with every broker, streams needs Kafka 4.2 or newer.",
                    "classic",
                    "streams"),
            number(THREADS, 1, 1, 256, "Stream threads; they share one model, and more than partitions are idle."),
            new Setting(
                    MODEL_PATH,
                    ConfigDef.Type.STRING,
                    "",
                    new ConfigDef.NonNullValidator(),
                    "The model: vgg6 or resnet14, which ship with Stampede, or a file; empty for vgg6."),
            choice(
                    ENGINE_PROVIDER,
                    "cpu",
                    "What computes: cuda stops the start where CUDA cannot be used, auto then takes the CPU and warns.",
                    "cpu",
                    "cuda",
                    "auto"),
            number(ENGINE_THREADS, 1, 1, 256, "CPU threads within one run of the model; 1 is the best rate a core."),
            choice(
                    ENGINE_ON_FAILURE,
                    "stop",
                    "Where CUDA fails while it runs: stop ends the stream with exit code 1, cpu goes on with a CPU that"
                            + " was proven, and is not ready.",
                    "stop",
                    "cpu"),
            number(CUDA_DEVICE, 0, 0, 1024, "Which GPU, as CUDA counts them."),
            number(CUDA_MEMORY_LIMIT, 0, 0, MEBIBYTE, "GPU memory the engine may take, MiB; 0 for no limit."),
            choice(
                    CUDA_ARENA,
                    "next-power-of-two",
                    "How the engine's GPU memory grows: to the next power of two, or by what is asked for alone.",
                    "next-power-of-two",
                    "same-as-requested"),
            choice(
                    CUDA_SEARCH,
                    "exhaustive",
                    "How cuDNN chooses convolutions for each size of batch: times all, guesses, or takes the same one.",
                    "exhaustive",
                    "heuristic",
                    "default"),
            new Setting(
                    CUDA_PAD_BATCHES,
                    ConfigDef.Type.BOOLEAN,
                    true,
                    new ConfigDef.NonNullValidator(),
                    "Whether batches on CUDA are filled up to a few sizes, so that cuDNN's search ends before the first"
                            + " alert."),
            number(
                    BATCH_MAX_ALERTS,
                    2000,
                    1,
                    50_000,
                    "Alerts judged at once at most. Larger batches score faster, smaller ones sooner."),
            number(
                    BATCH_MAX_WAIT_MILLIS,
                    0,
                    0,
                    10_000,
                    "How long to wait for a full batch; 0 judges whatever is there at once."),
            number(
                    MAX_ALERT_BYTES,
                    MEBIBYTE,
                    1024,
                    64 * MEBIBYTE,
                    "The largest value that is decoded; a larger one is a dead letter."),
            new Setting(
                    SCORE_VIEWS,
                    ConfigDef.Type.INT,
                    1,
                    ConfigDef.LambdaValidator.with(StreamDefinition::ensureViews, () -> "1 or 8"),
                    "8 judges each stamp turned and mirrored every way: the mean probability and its spread, at eight"
                            + " times the cost."),
            text(
                    HTTP_HOST,
                    "127.0.0.1",
                    "Where the live page, metrics and health are served; 0.0.0.0 for every address."),
            new Setting(
                    HTTP_TOKEN_FILE,
                    ConfigDef.Type.STRING,
                    "",
                    new ConfigDef.NonNullValidator(),
                    "A file with the token that whoever asks over HTTP must show, but for whether the stream lives and is"
                            + " ready; empty where anybody may ask."),
            number(HTTP_PORT, 8080, 0, 65_535, "Their port; 0 takes a free one, which the start names."),
            new Setting(
                    PAGE_LABELS,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    new ConfigDef.NonNullValidator(),
                    "Whether whoever sees the live page may label candidates on it; if not, it changes nothing."),
            choice(LOG_FORMAT, "text", "How log lines look: text for people, json for machines.", "text", "json"),
            number(
                    STOP_MAX_MILLIS,
                    20_000,
                    1000,
                    600_000,
                    "How long a stop may take to commit what is under way. Keep it below what your scheduler allows."));

    static final ConfigDef DEFINITION =
            ReleaseSettings.define(ExplanationSettings.define(InputSettings.define(definition())));

    /** All of them, in the order of {@code docs/configuration.md}. */
    static final List<Setting> SETTINGS = DEFINITION.configKeys().values().stream()
            .map(StreamDefinition::setting)
            .toList();

    private StreamDefinition() {}

    /**
     * One setting.
     *
     * @param fallback its value where none is given, or {@link ConfigDef#NO_DEFAULT_VALUE}
     * @param range what values it takes; null for any
     * @param sentence what it is for
     */
    record Setting(
            String key,
            ConfigDef.Type type,
            Object fallback,
            @Nullable Validator range,
            String sentence) {
        boolean isRequired() {
            return fallback == ConfigDef.NO_DEFAULT_VALUE;
        }

        /** The name of the environment variable that overrides it. */
        String variable() {
            return SettingsSource.variable(key);
        }
    }

    private static Setting text(String key, Object fallback, String sentence) {
        return new Setting(key, ConfigDef.Type.STRING, fallback, new NonEmptyString(), sentence);
    }

    private static Setting number(String key, int fallback, int least, int most, String sentence) {
        return new Setting(key, ConfigDef.Type.INT, fallback, Range.between(least, most), sentence);
    }

    private static Setting choice(String key, String fallback, String sentence, String... choices) {
        return new Setting(key, ConfigDef.Type.STRING, fallback, ValidString.in(choices), sentence);
    }

    private static void ensureViews(String key, Object value) {
        if (!value.equals(1) && !value.equals(Views.COUNT)) {
            throw new ConfigException(key, value, "must be 1 or " + Views.COUNT);
        }
    }

    /** A value as one writes it down; of a secret only whether there is one. */
    static String text(@Nullable Object value) {
        if (value instanceof Password secret) {
            return secret.value().isEmpty() ? "" : Secret.HIDDEN;
        }
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    private static Setting setting(ConfigDef.ConfigKey key) {
        return new Setting(key.name, key.type, key.defaultValue, key.validator, key.documentation);
    }

    private static ConfigDef definition() {
        ConfigDef definition = new ConfigDef();
        for (Setting setting : OURS) {
            definition.define(
                    setting.key(),
                    setting.type(),
                    setting.fallback(),
                    setting.range(),
                    Importance.MEDIUM,
                    setting.sentence());
        }
        return definition;
    }
}
