package dev.stampede.streaming.topology;

import java.util.List;
import java.util.stream.Stream;

/** The topics of a stream, by name; that of the models is empty where no releases are followed. */
public record Topics(
        String alerts,
        String classifications,
        String deadLetters,
        String explanations,
        String explanationRequests,
        String models,
        String shadowClassifications) {
    /** The names ARCHITECTURE.md gives them. */
    public static final Topics DEFAULT = new Topics(
            "alerts",
            "classifications",
            "dead-letters",
            "explanations",
            "explanation-requests",
            "models",
            "shadow-classifications");

    /** All of them. */
    public List<String> all() {
        return Stream.of(ofVerdicts(), ofExplanations(), ofReleases())
                .flatMap(List::stream)
                .toList();
    }

    /** Those that every stream has. */
    List<String> ofVerdicts() {
        return List.of(alerts, classifications, deadLetters);
    }

    /** Those of a stream that explains later. */
    List<String> ofExplanations() {
        return List.of(explanations, explanationRequests);
    }

    /** Those of a stream that follows releases. */
    List<String> ofReleases() {
        return models.isEmpty() ? List.of() : List.of(models, shadowClassifications);
    }
}
