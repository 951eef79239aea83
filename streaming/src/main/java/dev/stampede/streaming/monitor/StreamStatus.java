package dev.stampede.streaming.monitor;

import java.util.List;
import java.util.OptionalDouble;

/** What a running stream reports about itself. Thread-safe. */
@FunctionalInterface
public interface StreamStatus {
    /** The checks of readiness. */
    List<HealthCheck> readiness();

    /** The lag of this instance, alerts; empty if it was not measured lately. */
    default OptionalDouble lag() {
        return OptionalDouble.empty();
    }
}
