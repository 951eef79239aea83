package dev.stampede.streaming.settings;

import java.util.List;
import java.util.stream.Stream;

/**
 * The names of the topics of a stream.
 *
 * @param alerts as in {@code topic.alerts}, which may be several or a pattern: see {@link StreamSettings#alertTopics}
 * @param models empty if hot swap is disabled
 */
public record TopicNames(
        String alerts,
        String classifications,
        String deadLetters,
        String explanations,
        String explanationRequests,
        String models,
        String shadowClassifications) {
    /** The default names. */
    public static final TopicNames DEFAULT = new TopicNames(
            "alerts",
            "classifications",
            "dead-letters",
            "explanations",
            "explanation-requests",
            "models",
            "shadow-classifications");

    /** All topics. */
    public List<String> all() {
        return Stream.of(List.of(alerts), ofVerdicts(), ofExplanations(), ofReleases())
                .flatMap(List::stream)
                .toList();
    }

    /** The output topics of every stream. */
    List<String> ofVerdicts() {
        return List.of(classifications, deadLetters);
    }

    /** The topics of a stream that publishes explanations to a topic. */
    List<String> ofExplanations() {
        return List.of(explanations, explanationRequests);
    }

    /** The topics of a stream with hot swap. */
    List<String> ofReleases() {
        return models.isEmpty() ? List.of() : List.of(models, shadowClassifications);
    }
}
