package dev.stampede.streaming.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of the Kafka Streams application: brokers, topics, batches, releases, HTTP and the process. */
public final class StreamKeys {
    /** Twice the largest packets of the Rubin Observatory. */
    private static final int DEFAULT_ALERT_MAX_BYTES = 4 << 20;

    static final KeyGroup KAFKA = new KeyGroup("Kafka");

    public static final Key<String> BOOTSTRAP_SERVERS = KAFKA.essential(
                    "bootstrap.servers",
                    "Comma-separated list of host:port pairs of brokers for the initial connection to the cluster.")
            .required();

    public static final Key<String> APPLICATION_ID = KAFKA.essential(
                    "application.id",
                    "Consumer group and prefix of the transactional ids; must be unique per deployment.")
            .text("stampede");

    public static final Key<String> PROCESSING_GUARANTEE = KAFKA.essential(
                    "processing.guarantee",
                    "Processing guarantee: exactly_once_v2 publishes exactly one outcome per alert, at_least_once may publish"
                            + " duplicates after a crash.")
            .choice(StreamsConfig.EXACTLY_ONCE_V2, StreamsConfig.AT_LEAST_ONCE);

    public static final Key<Integer> THREADS = KAFKA.essential(
                    "threads",
                    "Number of stream threads. All threads share one model; threads beyond the number of partitions stay idle.")
            .number(1, 1, 256);

    public static final Key<String> GROUP_PROTOCOL = KAFKA.key(
                    "group.protocol",
                    "Rebalance protocol: classic works with every broker, streams requires Kafka 4.2 or newer.")
            .choice("classic", "streams");

    static final KeyGroup TOPICS = new KeyGroup("Topics");

    public static final Key<String> TOPIC_ALERTS = TOPICS.essential(
                    "topic.alerts",
                    "Input topics with alerts: one or more names separated by commas, or a Java regular expression of whole"
                            + " names, such as ztf_\\d{8}_programid1, whose topics are also read if they are created later.")
            .text(TopicNames.DEFAULT.alerts());

    public static final Key<Duration> TOPIC_DISCOVERY = TOPICS.advanced(
                    "topic.discovery-ms", "Maximum time until a new topic that matches topic.alerts is read.")
            .millis(30_000, 100, 3_600_000);

    public static final Key<Optional<LocalDate>> TOPIC_OLDEST = TOPICS.key(
                    "topic.oldest",
                    "Topics that match the regular expression of topic.alerts are not read if their name has a date before"
                            + " this day, such as 2026-11-23. Must be the same for all instances.")
            .date();

    /** The value of {@link #TOPIC_LOST_OFFSETS} for a start despite deleted records. */
    public static final String CONTINUE = "continue";

    /** Its value against that. */
    public static final String STOP = "stop";

    public static final Key<String> TOPIC_LOST_OFFSETS = TOPICS.advanced(
                    "topic.lost-offsets",
                    "What a start does if Kafka has deleted records that were not read, or the group has no position"
                            + " although there are outcomes, as after a stop that was longer than their retention:"
                            + " continue reports it and reads on, stop does not start.")
            .choice(CONTINUE, STOP);

    public static final Key<String> TOPIC_CLASSIFICATIONS = TOPICS.key(
                    "topic.classifications", "Output topic for classifications.")
            .text(TopicNames.DEFAULT.classifications());

    public static final Key<String> TOPIC_DEAD_LETTERS = TOPICS.key(
                    "topic.dead-letters",
                    "Dead-letter topic: undecodable records with their original bytes and the error in headers.")
            .text(TopicNames.DEFAULT.deadLetters());

    public static final Key<String> TOPIC_EXPLANATIONS = TOPICS.key(
                    "topic.explanations",
                    "Output topic for classifications with occlusion maps, used if explain.delivery is topic.")
            .text(TopicNames.DEFAULT.explanations());

    public static final Key<String> TOPIC_EXPLANATION_REQUESTS = TOPICS.advanced(
                    "topic.explanation-requests",
                    "Internal topic between scoring and explanation, used if explain.delivery is topic.")
            .text(TopicNames.DEFAULT.explanationRequests());

    public static final Key<String> TOPIC_MODELS = TOPICS.key(
                    "topic.models",
                    "Topic with model releases. Empty disables hot swap: the stream keeps the model of model.path.")
            .optionalText(TopicNames.DEFAULT.models());

    public static final Key<String> TOPIC_SHADOW_CLASSIFICATIONS = TOPICS.advanced(
                    "topic.shadow-classifications", "Output topic for classifications of the shadow model.")
            .text(TopicNames.DEFAULT.shadowClassifications());

    public static final Key<String> TOPIC_LABELS = TOPICS.advanced(
                    "topic.labels", "Topic with labels from experts and follow-up observations.")
            .text("labels");

    public static final Key<Boolean> TOPICS_CREATE = TOPICS.key(
                    "topics.create", "Create missing topics at startup. If false, a missing topic stops the start.")
            .flag(false);

    public static final Key<Integer> TOPICS_PARTITIONS = TOPICS.advanced(
                    "topics.partitions", "Number of partitions of a topic that is created.")
            .number(4, 1, 10_000);

    public static final Key<Integer> TOPICS_REPLICATION_FACTOR = TOPICS.advanced(
                    "topics.replication-factor", "Replication factor of a topic that is created; -1 = broker default.")
            .number(-1, -1, 100);

    static final KeyGroup BATCHES = new KeyGroup("Batches and record size");

    public static final Key<Integer> BATCH_MAX_ALERTS = BATCHES.key(
                    "batch.max-alerts",
                    "Maximum number of alerts per poll, which are scored as one batch. Larger batches increase throughput,"
                            + " smaller ones reduce latency.")
            .number(2000, 1, 50_000);

    public static final Key<Duration> BATCH_MAX_WAIT = BATCHES.key(
                    "batch.max-wait-ms",
                    "Maximum time to wait for a full batch. 0 scores available alerts immediately.")
            .millis(0, 0, 10_000);

    public static final Key<Integer> ALERT_MAX_BYTES = BATCHES.key(
                    "alert.max-bytes", "Maximum size of a record value. A larger value becomes a dead letter.")
            .number(DEFAULT_ALERT_MAX_BYTES, 1 << 10, 64 << 20);

    static final KeyGroup RELEASES = new KeyGroup("Model releases and shadow deployment");

    public static final Key<Long> RELEASE_MAX_BYTES = RELEASES.advanced(
                    "release.max-bytes", "Maximum size of the model file of a release.")
            .bytes(128L << 20, 1L << 20, 512L << 20);

    public static final Key<Duration> RELEASE_FETCH_TIMEOUT = RELEASES.advanced(
                    "release.fetch-timeout-ms",
                    "Timeout for the download of a model file. A failed download is retried later.")
            .millis(30_000, 100, 600_000);

    public static final Key<Duration> SHADOW_MAX_WAIT = RELEASES.advanced(
                    "shadow.max-wait-ms",
                    "Maximum time per poll that the shadow model may delay classifications. It skips the remaining stamps.")
            .millis(100, 1, 10_000);

    static final KeyGroup HTTP = new KeyGroup("HTTP server");

    public static final Key<String> HTTP_HOST = HTTP.key(
                    "http.host",
                    "Address on which the live page, metrics and health checks are served; 0.0.0.0 = all interfaces.")
            .text("127.0.0.1");

    public static final Key<Integer> HTTP_PORT = HTTP.key(
                    "http.port", "Port of the HTTP server; 0 = a free port, printed at startup.")
            .number(8080, 0, 65_535);

    public static final Key<Optional<Path>> HTTP_TOKEN_FILE = HTTP.key(
                    "http.token-file",
                    "File with the bearer token required for all endpoints except /healthz and /readyz. Empty disables"
                            + " authentication.")
            .path();

    public static final Key<Boolean> PAGE_LABELS = HTTP.advanced(
                    "page.labels",
                    "Allow labeling on the live page; labels are written to topic.labels. If false, the page is read-only.")
            .flag(false);

    static final KeyGroup PROCESS = new KeyGroup("Logging and shutdown");

    public static final Key<String> LOG_FORMAT = PROCESS.advanced(
                    "log.format", "Format of log lines: plain text or one JSON object per line.")
            .choice("text", "json");

    public static final Key<Duration> STOP_TIMEOUT = PROCESS.key(
                    "stop.timeout-ms",
                    "Timeout of a graceful shutdown, which commits alerts in progress. Keep it below the termination grace"
                            + " period of the scheduler.")
            .millis(20_000, 1000, 600_000);

    private StreamKeys() {}
}
