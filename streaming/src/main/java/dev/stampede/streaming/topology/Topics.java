package dev.stampede.streaming.topology;

import java.util.List;

/** The topics of a stream, by name. */
public record Topics(String alerts, String classifications, String deadLetters) {
    /** The names ARCHITECTURE.md gives them. */
    public static final Topics DEFAULT = new Topics("alerts", "classifications", "dead-letters");

    /** All of them. */
    public List<String> all() {
        return List.of(alerts, classifications, deadLetters);
    }
}
