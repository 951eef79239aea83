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

    /** The warnings; {@code configs} returns the configuration of a topic, empty if it is unknown. */
    static List<String> of(TopicNames topics, Function<String, Map<String, String>> configs) {
        Map<String, String> alerts = configs.apply(topics.alerts());
        Map<String, String> deadLetters = configs.apply(topics.deadLetters());
        List<String> warnings = new ArrayList<>();
        long retention = number(alerts, TopicConfig.RETENTION_MS_CONFIG, UNLIMITED);
        if (retention != UNLIMITED && retention < MIN_RETENTION.toMillis()) {
            warnings.add("The topic " + topics.alerts() + " retains alerts for only "
                    + describe(Duration.ofMillis(retention)) + " (" + TopicConfig.RETENTION_MS_CONFIG + "=" + retention
                    + "): a longer outage of the stream loses alerts; increase it to one day or more");
        }
        if (alerts.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "").contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            warnings.add("The topic " + topics.alerts() + " is compacted (" + TopicConfig.CLEANUP_POLICY_CONFIG + "="
                    + alerts.get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    + "): an alert is lost if another one with its key follows before it is scored; set it to delete");
        }
        Map<String, String> models = configs.apply(topics.models());
        String cleanup = models.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        if (!cleanup.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            warnings.add("The topic " + topics.models() + " is not compacted only (" + TopicConfig.CLEANUP_POLICY_CONFIG
                    + "=" + cleanup + "): Kafka deletes releases after the retention time, and a stream that starts"
                    + " later uses another model; set it to " + TopicConfig.CLEANUP_POLICY_COMPACT);
        }
        long maxAlert = number(alerts, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, 0);
        long maxDeadLetter = number(deadLetters, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.MAX_VALUE);
        long required = maxAlert + StreamsConfigs.DEAD_LETTER_EXTRA_BYTES;
        if (maxDeadLetter < required) {
            warnings.add("The topic " + topics.deadLetters() + " accepts records of up to " + maxDeadLetter + " bytes, "
                    + topics.alerts() + " of up to " + maxAlert
                    + ": a dead letter has headers in addition to its value, and a rejected one stops the stream;"
                    + " increase " + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " of " + topics.deadLetters() + " to "
                    + required);
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
