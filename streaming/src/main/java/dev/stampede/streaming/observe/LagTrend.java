package dev.stampede.streaming.observe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalDouble;

/** Tells whether the alerts that wait grow in number, from the looks that are taken at it. Thread-safe. */
public final class LagTrend {
    /** Growth over less is a burst, not a trend. */
    static final long WINDOW_MILLIS = 60_000;

    /** Less than this is caught up in seconds. */
    static final double SMALL = 10_000;

    private static final long BETWEEN_LOOKS_MILLIS = 5_000;

    private final Deque<Look> looks = new ArrayDeque<>();

    private record Look(long millis, double lag) {}

    /** The condition at {@code nowMillis}, where {@code lag} alerts wait; empty where that is not known. */
    public synchronized Condition look(long nowMillis, OptionalDouble lag) {
        if (lag.isEmpty()) {
            return new Condition("lag", true, "not known before the first poll");
        }
        double now = lag.getAsDouble();
        while (looks.size() > 1 && looks.peekFirst().millis() < nowMillis - 2 * WINDOW_MILLIS) {
            looks.removeFirst();
        }
        if (looks.isEmpty() || nowMillis - looks.peekLast().millis() >= BETWEEN_LOOKS_MILLIS) {
            looks.addLast(new Look(nowMillis, now));
        }
        return grows(nowMillis, now)
                ? new Condition(
                        "lag", false, words(now) + ", and more each time for a minute; add threads or instances")
                : new Condition("lag", true, words(now));
    }

    private boolean grows(long nowMillis, double now) {
        if (now < SMALL || nowMillis - looks.getFirst().millis() < WINDOW_MILLIS) {
            return false;
        }
        double before = Double.NEGATIVE_INFINITY;
        for (Look look : looks) {
            if (look.lag() < before) {
                return false;
            }
            before = look.lag();
        }
        return now >= before && now > looks.getFirst().lag();
    }

    private static String words(double lag) {
        return String.format(Locale.ROOT, "%,.0f alerts wait", lag);
    }
}
