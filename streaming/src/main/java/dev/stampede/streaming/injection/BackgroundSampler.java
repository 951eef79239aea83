package dev.stampede.streaming.injection;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Paces the sampling of backgrounds, and reports or gives up if none arrives. It either waits until a record is due, so that
 * all are considered, or skips those that arrive before. One thread.
 */
public final class BackgroundSampler {
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

    /** Sampling a fixed number fails after this time without a background. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final String topic;
    private final OptionalLong wanted;
    private final double perSecond;
    private final boolean considersAll;
    private final long pauseNanos;
    private final LongSupplier nanos;
    private final Consumer<String> notes;
    private long used;
    private long rejected;
    private long dueNanos;
    private long reportedNanos;

    /**
     * @param topic their source, for messages
     * @param wanted their number; empty for no limit
     * @param perSecond their maximum rate, above 0
     * @param considersAll whether to wait with each record until it is due, not to skip it
     * @param nanos the clock, as {@link System#nanoTime}
     * @param notes receives progress messages
     */
    public BackgroundSampler(
            String topic,
            OptionalLong wanted,
            double perSecond,
            boolean considersAll,
            LongSupplier nanos,
            Consumer<String> notes) {
        this.topic = topic;
        this.wanted = wanted;
        this.perSecond = perSecond;
        this.considersAll = considersAll;
        this.pauseNanos = (long) (Duration.ofSeconds(1).toNanos() / perSecond);
        this.nanos = nanos;
        this.notes = notes;
        this.dueNanos = nanos.getAsLong();
        this.reportedNanos = dueNanos;
    }

    /** How long to wait before the next record is used, milliseconds: 0 unless all records are considered. */
    public long millisToWait() {
        long left = dueNanos - nanos.getAsLong();
        return considersAll && left > 0 ? Duration.ofNanos(left).toMillis() + 1 : 0;
    }

    /** Whether the rate allows another one now. */
    public boolean isDue() {
        return nanos.getAsLong() - dueNanos >= 0;
    }

    /** Records an alert that was or was not a background. */
    public void sampled(boolean wasBackground) {
        if (wasBackground) {
            used++;
            rejected = 0;
            dueNanos = nanos.getAsLong() + pauseNanos;
            reportedNanos = dueNanos;
        } else {
            rejected++;
        }
    }

    /** Whether the wanted number is reached. */
    public boolean isEnough() {
        return wanted.isPresent() && used >= wanted.getAsLong();
    }

    /**
     * Reports a wait every ten seconds.
     *
     * @throws BackgroundTimeoutException if a number is wanted and no background arrived for a minute
     */
    public void checkTimeout() {
        long now = nanos.getAsLong();
        if (wanted.isPresent() && now - dueNanos >= TIMEOUT.toNanos()) {
            throw new BackgroundTimeoutException("No background arrived for " + TIMEOUT.toSeconds() + " s: " + state()
                    + "; send alerts, " + (considersAll ? "" : "read the topic with --from-beginning, ")
                    + "or lower --count.");
        }
        if (now - reportedNanos >= REPORT_EVERY.toNanos()) {
            reportedNanos = now;
            notes.accept("Waiting for a BOGUS alert: " + state());
        }
    }

    /** A rate without unnecessary zeros. */
    private static String rate(double perSecond) {
        return BigDecimal.valueOf(perSecond).stripTrailingZeros().toPlainString();
    }

    private String state() {
        String of = wanted.isPresent() ? " of " + wanted.getAsLong() : "";
        return used + of + " backgrounds found on " + topic + " (up to " + rate(perSecond) + " per second), and "
                + rejected + " other alerts since the last";
    }
}
