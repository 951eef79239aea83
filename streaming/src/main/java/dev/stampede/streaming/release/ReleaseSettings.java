package dev.stampede.streaming.release;

import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Settings for following releases.
 *
 * @param client the Kafka client configuration
 * @param topic of the releases
 * @param maxBytes maximum size of a model file
 * @param fetchTimeout of a model file
 * @param shadowMaxDelay how long a shadow may delay the verdicts of a poll
 */
public record ReleaseSettings(
        Map<String, Object> client, String topic, int maxBytes, Duration fetchTimeout, Duration shadowMaxDelay) {
    public ReleaseSettings {
        client = Map.copyOf(client);
    }

    /** Releases of {@code topic}, with the defaults of a stream. */
    public static ReleaseSettings standard(Map<String, Object> client, String topic) {
        return new ReleaseSettings(
                client,
                topic,
                Math.toIntExact(StreamKeys.RELEASE_MAX_BYTES.defaultValue()),
                StreamKeys.RELEASE_FETCH_TIMEOUT.defaultValue(),
                StreamKeys.SHADOW_MAX_WAIT.defaultValue());
    }

    /** The releases that a stream follows; empty if hot swap is disabled. */
    public static Optional<ReleaseSettings> of(StreamSettings settings) {
        String topic = settings.get(StreamKeys.TOPIC_MODELS);
        return topic.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReleaseSettings(
                        settings.clientConfig(),
                        topic,
                        Math.toIntExact(settings.get(StreamKeys.RELEASE_MAX_BYTES)),
                        settings.get(StreamKeys.RELEASE_FETCH_TIMEOUT),
                        settings.get(StreamKeys.SHADOW_MAX_WAIT)));
    }
}
