package dev.stampede.streaming.kafka;

import dev.stampede.streaming.settings.AlertTopics;
import java.util.Collection;
import java.util.List;

/**
 * The topics with alerts at one moment.
 *
 * @param read those that are read
 * @param tooOld those that match the pattern, but whose date is before {@code topic.oldest}
 */
public record InputTopics(List<String> read, List<String> tooOld) {
    public InputTopics {
        read = List.copyOf(read);
        tooOld = List.copyOf(tooOld);
    }

    /** Those of {@code existing}. */
    static InputTopics of(AlertTopics alerts, Collection<String> existing) {
        List<String> read = alerts.readOf(existing);
        return new InputTopics(
                read,
                alerts.allOf(existing).stream()
                        .filter(topic -> !read.contains(topic))
                        .toList());
    }
}
