package dev.stampede.streaming.monitor;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Detects consumer lag that grows, or is no longer measured, from samples. Thread-safe. */
public final class LagTrend {
    /** Growth over a shorter time is a burst, not a trend. */
    static final long WINDOW_MILLIS = 60_000;

    /** A poll of a slow model may take some seconds; a stream that polls nothing for this time has stopped working. */
    static final long MAX_AGE_MILLIS = 60_000;

    /** A smaller lag is processed within seconds. */
    static final double SMALL = 10_000;

    private static final long MIN_INTERVAL_MILLIS = 5_000;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long millis, double lag) {}

    /** Adds the lag of a stream and returns the check at {@code nowMillis}. */
    public synchronized HealthCheck observe(long nowMillis, LagReading lag) {
        if (!lag.isMeasured()) {
            samples.clear();
            return new HealthCheck("lag", true, "no partition is assigned, or none was polled yet");
        }
        if (lag.isStale(nowMillis)) {
            samples.clear();
            String since = Instant.ofEpochMilli(lag.measuredMillis())
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString();
            boolean isShort = nowMillis - lag.measuredMillis() < MAX_AGE_MILLIS;
            return new HealthCheck(
                    "lag", isShort, "not measured since " + since + ", when it was: " + describe(lag.alerts()));
        }
        double now = lag.alerts();
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
