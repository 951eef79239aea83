package dev.stampede.streaming.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;

/** What in the settings of topics that others made can lose alerts or stop the stream. None of it stops the start. */
final class TopicWarnings {
    /** An outage in the night is to be mended the next day, before Kafka deletes what it kept of that night. */
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);

    private static final int KEPT_FOR_EVER = -1;

    private TopicWarnings() {}

    /**
     * One sentence for each.
     *
     * @param settings the settings of a topic, by its name; no settings at all where they cannot be seen
     */
    static List<String> of(Topics topics, Function<String, Map<String, String>> settings) {
        Map<String, String> alerts = settings.apply(topics.alerts());
        Map<String, String> deadLetters = settings.apply(topics.deadLetters());
        List<String> warnings = new ArrayList<>();
        long retention = number(alerts, TopicConfig.RETENTION_MS_CONFIG, KEPT_FOR_EVER);
        if (retention != KEPT_FOR_EVER && retention < SHORTEST_RETENTION.toMillis()) {
            warnings.add("The topic " + topics.alerts() + " keeps alerts for " + words(Duration.ofMillis(retention))
                    + " (" + TopicConfig.RETENTION_MS_CONFIG + "=" + retention
                    + "): an outage of the stream that lasts longer loses them; raise it to a day at least");
        }
        if (alerts.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "").contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            warnings.add("The topic " + topics.alerts() + " is compacted (" + TopicConfig.CLEANUP_POLICY_CONFIG + "="
                    + alerts.get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    + "): an alert is lost where another with its key follows before it is judged; set it to delete");
        }
        Map<String, String> models = settings.apply(topics.models());
        String cleanup = models.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        if (!cleanup.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            warnings.add("The topic " + topics.models() + " is not only compacted (" + TopicConfig.CLEANUP_POLICY_CONFIG
                    + "=" + cleanup
                    + "): Kafka deletes what is released there after a while, and a stream that starts then"
                    + " judges with another model; set it to " + TopicConfig.CLEANUP_POLICY_COMPACT);
        }
        long largestAlert = number(alerts, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, 0);
        long largestDeadLetter = number(deadLetters, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.MAX_VALUE);
        if (largestDeadLetter < largestAlert + TopicCheck.DEAD_LETTER_EXTRA_BYTES) {
            warnings.add("The topic " + topics.deadLetters() + " takes records of " + largestDeadLetter + " bytes, "
                    + topics.alerts() + " of " + largestAlert
                    + ": a dead letter has headers beside its value, and one that is refused stops the stream; raise "
                    + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " of " + topics.deadLetters() + " to "
                    + (largestAlert + TopicCheck.DEAD_LETTER_EXTRA_BYTES));
        }
        return warnings;
    }

    private static long number(Map<String, String> settings, String key, long fallback) {
        return settings.containsKey(key) ? Long.parseLong(settings.get(key)) : fallback;
    }

    private static String words(Duration time) {
        return time.compareTo(Duration.ofMinutes(1)) < 0
                ? time.toMillis() / 1000.0 + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
