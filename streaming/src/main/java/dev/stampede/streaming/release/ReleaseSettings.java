package dev.stampede.streaming.release;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonNullValidator;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * How a stream follows releases.
 *
 * @param client the configuration of a client of Kafka
 * @param topic where releases are
 * @param maxBytes the largest model file that is fetched
 * @param fetchAtMost how long to wait for a model file
 * @param shadowOfAPoll how long a shadow may hold the verdicts of a poll back
 */
public record ReleaseSettings(
        Map<String, Object> client, String topic, int maxBytes, Duration fetchAtMost, Duration shadowOfAPoll) {
    public static final String TOPIC = "topic.models";
    public static final String MAX_MEBIBYTES = "release.max-mebibytes";
    public static final String FETCH_MAX_MILLIS = "release.fetch-max-millis";
    public static final String SHADOW_MAX_MILLIS = "shadow.max-millis";

    private static final int MEBIBYTE_SHIFT = 20;

    public ReleaseSettings {
        client = Map.copyOf(client);
    }

    /** Adds these settings to {@code definition}. */
    public static ConfigDef define(ConfigDef definition) {
        definition.define(
                TOPIC,
                ConfigDef.Type.STRING,
                "models",
                new NonNullValidator(),
                Importance.MEDIUM,
                "Where releases of models come from; empty to follow none.");
        number(definition, MAX_MEBIBYTES, 128, 1, 512, "The largest model file that a release may have, MiB.");
        number(
                definition,
                FETCH_MAX_MILLIS,
                30_000,
                100,
                600_000,
                "How long to wait for the file of a release, before it is tried again later.");
        number(
                definition,
                SHADOW_MAX_MILLIS,
                100,
                1,
                10_000,
                "How long a shadow may hold the verdicts of a poll back; stamps beyond are not scored by it.");
        return definition;
    }

    /** Releases of {@code topic}, with the defaults of a stream. */
    public static ReleaseSettings standard(Map<String, Object> client, String topic) {
        AbstractConfig config = new AbstractConfig(define(new ConfigDef()), Map.of(TOPIC, topic), false);
        return of(config, client).orElseThrow();
    }

    private static void number(ConfigDef definition, String key, int fallback, int least, int most, String sentence) {
        definition.define(key, ConfigDef.Type.INT, fallback, Range.between(least, most), Importance.MEDIUM, sentence);
    }

    /** What {@code config} says; empty where no releases are followed. */
    public static Optional<ReleaseSettings> of(AbstractConfig config, Map<String, Object> client) {
        String topic = config.getString(TOPIC);
        return topic.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReleaseSettings(
                        client,
                        topic,
                        config.getInt(MAX_MEBIBYTES) << MEBIBYTE_SHIFT,
                        Duration.ofMillis(config.getInt(FETCH_MAX_MILLIS)),
                        Duration.ofMillis(config.getInt(SHADOW_MAX_MILLIS))));
    }
}
