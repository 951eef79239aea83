package dev.stampede.streaming.service;

import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.InputTopics;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics of a stream: checked, and created if the settings allow it. */
public final class StreamTopics {
    private static final Logger LOG = LoggerFactory.getLogger(StreamTopics.class);

    /** A release may embed its model file. */
    private static final int MAX_RELEASE_BYTES = 8 << 20;

    private StreamTopics() {}

    /**
     * The number of partitions of each topic, the input topics first; missing topics are created first if
     * {@code topics.create} is set, except those of a pattern.
     *
     * @throws dev.stampede.streaming.kafka.TopicCheckException if Kafka does not respond, a topic is missing or a right
     *     is not granted
     */
    public static Map<String, Integer> require(StreamSettings settings) {
        List<NewTopic> create = settings.get(StreamKeys.TOPICS_CREATE)
                ? settings.usedTopics().stream()
                        .map(name -> newTopic(name, settings))
                        .toList()
                : List.of();
        AccessRights rights = RequiredRights.of(settings);
        return TopicCheck.require(
                settings.clientConfig(),
                settings.alertTopics().isPattern()
                        ? rights.andToRead(inputs(settings).read())
                        : rights,
                create,
                "create it, name another, or set " + StreamKeys.TOPICS_CREATE.name() + "=true");
    }

    /**
     * The input topics; of a pattern, those that exist.
     *
     * @throws dev.stampede.streaming.kafka.TopicCheckException if Kafka does not respond
     */
    public static InputTopics inputs(StreamSettings settings) {
        return TopicCheck.inputs(settings.clientConfig(), settings.alertTopics());
    }

    private static NewTopic newTopic(String name, StreamSettings settings) {
        int factor = settings.get(StreamKeys.TOPICS_REPLICATION_FACTOR);
        Optional<Short> replicationFactor = factor > 0 ? Optional.of((short) factor) : Optional.empty();
        if (name.equals(settings.topics().models())) {
            // The order of releases is defined within one partition; compaction keeps the last one.
            return new NewTopic(name, Optional.of(1), replicationFactor)
                    .configs(Map.of(
                            TopicConfig.CLEANUP_POLICY_CONFIG,
                            TopicConfig.CLEANUP_POLICY_COMPACT,
                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                            String.valueOf(MAX_RELEASE_BYTES)));
        }
        boolean isDeadLetters = name.equals(settings.topics().deadLetters());
        // A dead letter is larger than its alert; one that the topic rejects would stop the stream.
        int maxBytes = settings.get(StreamKeys.ALERT_MAX_BYTES)
                + StreamsConfigs.DEAD_LETTER_EXTRA_BYTES * (isDeadLetters ? 2 : 1);
        return new NewTopic(name, Optional.of(settings.get(StreamKeys.TOPICS_PARTITIONS)), replicationFactor)
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(maxBytes)));
    }

    /**
     * Warnings about topic configurations that can lose alerts or stop the stream; none if the user may not read the
     * configurations. The topics must exist.
     *
     * @throws dev.stampede.streaming.kafka.TopicCheckException if Kafka does not respond
     */
    public static List<String> warnings(StreamSettings settings) {
        List<String> alerts = inputs(settings).read();
        List<String> topics = Stream.concat(alerts.stream(), settings.usedTopics().stream())
                .distinct()
                .toList();
        Optional<Map<String, Map<String, String>>> configs = TopicCheck.configs(settings.clientConfig(), topics);
        if (configs.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue(
                            "rights",
                            topics.stream()
                                    .map(AccessRight::toDescribeConfigs)
                                    .map(AccessRight::describe)
                                    .collect(Collectors.joining(", ")))
                    .log("Retention and maximum sizes of the topics are not checked: rights are not granted"
                            + " (docs/reference/kafka-permissions.md)");
            return List.of();
        }
        return TopicWarnings.of(
                alerts, settings.topics(), topic -> configs.get().getOrDefault(topic, Map.of()));
    }
}
