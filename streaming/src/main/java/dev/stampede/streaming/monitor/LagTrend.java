package dev.stampede.streaming.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalDouble;

/** Detects growing consumer lag from samples. Thread-safe. */
public final class LagTrend {
    /** Growth over a shorter time is a burst, not a trend. */
    static final long WINDOW_MILLIS = 60_000;

    /** A smaller lag is processed within seconds. */
    static final double SMALL = 10_000;

    private static final long MIN_INTERVAL_MILLIS = 5_000;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long millis, double lag) {}

    /** Adds a sample, {@code lag} empty if not known, and returns the check at {@code nowMillis}. */
    public synchronized HealthCheck observe(long nowMillis, OptionalDouble lag) {
        if (lag.isEmpty()) {
            return new HealthCheck("lag", true, "unknown before the first poll");
        }
        double now = lag.getAsDouble();
        while (samples.size() > 1 && samples.peekFirst().millis() < nowMillis - 2 * WINDOW_MILLIS) {
            samples.removeFirst();
        }
        if (samples.isEmpty() || nowMillis - samples.peekLast().millis() >= MIN_INTERVAL_MILLIS) {
            samples.addLast(new Sample(nowMillis, now));
        }
        return grows(nowMillis, now)
                ? new HealthCheck("lag", false, describe(now) + ", increasing for a minute; add threads or instances")
                : new HealthCheck("lag", true, describe(now));
    }

    private boolean grows(long nowMillis, double now) {
        if (now < SMALL || nowMillis - samples.getFirst().millis() < WINDOW_MILLIS) {
            return false;
        }
        double before = Double.NEGATIVE_INFINITY;
        for (Sample sample : samples) {
            if (sample.lag() < before) {
                return false;
            }
            before = sample.lag();
        }
        return now >= before && now > samples.getFirst().lag();
    }

    private static String describe(double lag) {
        return String.format(Locale.ROOT, "%,.0f alerts waiting", lag);
    }
}
