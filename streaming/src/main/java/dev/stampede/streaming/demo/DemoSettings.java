package dev.stampede.streaming.demo;

/**
 * The settings of a demo.
 *
 * @param alerts how many alerts, 1 or more; {@link Long#MAX_VALUE} to run until stopped
 * @param alertsPerSecond the rate, above 0; infinite for as fast as outcomes return
 * @param httpPort of the live page and the metrics; 0 for a free port
 */
public record DemoSettings(long alerts, double alertsPerSecond, int httpPort, long seed) {
    public DemoSettings {
        if (alerts < 1) {
            throw new IllegalArgumentException("alerts must be 1 or more, not " + alerts);
        }
        if (!(alertsPerSecond > 0)) {
            throw new IllegalArgumentException("the rate must be above 0, not " + alertsPerSecond);
        }
    }

    boolean isEndless() {
        return alerts == Long.MAX_VALUE;
    }

    boolean isPaced() {
        return Double.isFinite(alertsPerSecond);
    }
}
