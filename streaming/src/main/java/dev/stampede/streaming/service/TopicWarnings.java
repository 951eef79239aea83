package dev.stampede.streaming.service;

import dev.stampede.streaming.settings.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;

/** Warnings about topic configurations that can lose alerts or stop the stream. They do not stop the start. */
final class TopicWarnings {
    /** An outage at night must be fixable the next day, before Kafka deletes the alerts of that night. */
    private static final Duration MIN_RETENTION = Duration.ofDays(1);

    private static final int UNLIMITED = -1;

    private TopicWarnings() {}

    /** The warnings about the topics of {@code alerts} and others; {@code configs} returns a configuration, empty if unknown. */
    static List<String> of(List<String> alerts, TopicNames topics, Function<String, Map<String, String>> configs) {
        List<String> warnings = new ArrayList<>();
        long maxDeadLetter =
                number(configs.apply(topics.deadLetters()), TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.MAX_VALUE);
        for (String topic : alerts) {
            warnings.addAll(ofAlerts(topic, configs.apply(topic), topics.deadLetters(), maxDeadLetter));
        }
        Map<String, String> models = configs.apply(topics.models());
        String cleanup = models.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        if (!cleanup.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            warnings.add("The topic " + topics.models() + " is not compacted only (" + TopicConfig.CLEANUP_POLICY_CONFIG
                    + "=" + cleanup + "): Kafka deletes releases after the retention time, and a stream that starts"
                    + " later uses another model; set it to " + TopicConfig.CLEANUP_POLICY_COMPACT);
        }
        return warnings;
    }

    private static List<String> ofAlerts(
            String topic, Map<String, String> config, String deadLetters, long maxDeadLetter) {
        List<String> warnings = new ArrayList<>();
        long retention = number(config, TopicConfig.RETENTION_MS_CONFIG, UNLIMITED);
        if (retention != UNLIMITED && retention < MIN_RETENTION.toMillis()) {
            warnings.add("The topic " + topic + " retains alerts for only " + describe(Duration.ofMillis(retention))
                    + " (" + TopicConfig.RETENTION_MS_CONFIG + "=" + retention
                    + "): a longer outage of the stream loses alerts; increase it to one day or more");
        }
        if (config.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "").contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            warnings.add("The topic " + topic + " is compacted (" + TopicConfig.CLEANUP_POLICY_CONFIG + "="
                    + config.get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    + "): an alert is lost if another one with its key follows before it is scored; set it to delete");
        }
        long maxAlert = number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, 0);
        long required = maxAlert + StreamsConfigs.DEAD_LETTER_EXTRA_BYTES;
        if (maxDeadLetter < required) {
            warnings.add("The topic " + deadLetters + " accepts records of up to " + maxDeadLetter + " bytes, " + topic
                    + " of up to " + maxAlert
                    + ": a dead letter has headers in addition to its value, and a rejected one stops the stream;"
                    + " increase " + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " of " + deadLetters + " to " + required);
        }
        return warnings;
    }

    private static long number(Map<String, String> config, String key, long defaultValue) {
        return config.containsKey(key) ? Long.parseLong(config.get(key)) : defaultValue;
    }

    private static String describe(Duration time) {
        return time.compareTo(Duration.ofMinutes(1)) < 0
                ? time.toMillis() / 1000.0 + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
