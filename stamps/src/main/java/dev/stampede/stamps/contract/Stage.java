package dev.stampede.stamps.contract;

import java.util.Locale;
import java.util.Optional;

/** When a pixel is filled in. */
public enum Stage {
    /** Before normalising, so that the value takes part in the statistics. */
    BEFORE,
    /** After normalising. */
    AFTER;

    String stageName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Stage> named(String name) {
        for (Stage stage : values()) {
            if (stage.stageName().equals(name)) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }
}
