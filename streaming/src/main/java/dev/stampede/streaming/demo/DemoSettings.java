package dev.stampede.streaming.demo;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a demo does.
 *
 * @param alerts how many alerts, 1 or more; empty to go on until stopped
 * @param alertsPerSecond how fast, above 0; empty for as fast as it goes
 * @param httpPort where metrics are served; 0 for a free port
 * @param seed what the alerts follow from
 */
public record DemoSettings(OptionalLong alerts, OptionalDouble alertsPerSecond, int httpPort, long seed) {
    public DemoSettings {
        if (alerts.isPresent() && alerts.getAsLong() < 1) {
            throw new IllegalArgumentException("alerts must be 1 or more, not " + alerts.getAsLong());
        }
        if (alertsPerSecond.isPresent() && !(alertsPerSecond.getAsDouble() > 0)) { // also refuses NaN
            throw new IllegalArgumentException("the rate must be above 0, not " + alertsPerSecond.getAsDouble());
        }
    }
}
