package dev.stampede.streaming.topology;

import java.util.List;

/** The topics of a stream, by name. */
public record Topics(
        String alerts, String classifications, String deadLetters, String explanations, String explanationRequests) {
    /** The names ARCHITECTURE.md gives them. */
    public static final Topics DEFAULT =
            new Topics("alerts", "classifications", "dead-letters", "explanations", "explanation-requests");

    /** All of them. */
    public List<String> all() {
        return List.of(alerts, classifications, deadLetters, explanations, explanationRequests);
    }

    /** Those of a stream that explains nothing later. */
    List<String> ofVerdicts() {
        return List.of(alerts, classifications, deadLetters);
    }
}
