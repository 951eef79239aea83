package dev.stampede.streaming.canary;

import dev.stampede.stamps.terminal.CommandFailure;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** How many backgrounds a canary takes and how often, and what it says while none comes. One thread. */
public final class Backgrounds {
    private static final Duration TELL_EVERY = Duration.ofSeconds(10);

    /** Where so many are to be found, a minute without any is the end. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String topic;
    private final OptionalLong wanted;
    private final long pauseNanos;
    private final LongSupplier nanos;
    private final Consumer<String> notes;
    private long used;
    private long refused;
    private long dueNanos;
    private long toldNanos;

    /**
     * @param topic where they come from, for messages
     * @param wanted how many; empty for no end
     * @param perSecond how many at most, above 0
     * @param nanos the time, as {@link System#nanoTime}
     * @param notes where lines for people go
     */
    public Backgrounds(
            String topic, OptionalLong wanted, double perSecond, LongSupplier nanos, Consumer<String> notes) {
        this.topic = topic;
        this.wanted = wanted;
        this.pauseNanos = (long) (Duration.ofSeconds(1).toNanos() / perSecond);
        this.nanos = nanos;
        this.notes = notes;
        this.dueNanos = nanos.getAsLong();
        this.toldNanos = dueNanos;
    }

    /** Whether another may be taken now. */
    public boolean isDue() {
        return nanos.getAsLong() - dueNanos >= 0;
    }

    /** An alert was looked at, and was one or not. */
    public void lookedAt(boolean wasBackground) {
        if (wasBackground) {
            used++;
            refused = 0;
            dueNanos = nanos.getAsLong() + pauseNanos;
            toldNanos = dueNanos;
        } else {
            refused++;
        }
    }

    /** Whether there are as many as were wanted. */
    public boolean isEnough() {
        return wanted.isPresent() && used >= wanted.getAsLong();
    }

    /**
     * Tells of a wait every ten seconds.
     *
     * @throws CommandFailure if so many were wanted and none came for a minute
     */
    public void demandPatience() {
        long now = nanos.getAsLong();
        if (wanted.isPresent() && now - dueNanos >= PATIENCE.toNanos()) {
            throw CommandFailure.failed("No background came for " + PATIENCE.toSeconds() + " s: " + state()
                    + "; send alerts, take what is on the topic with --from-beginning, or ask for fewer with --count.");
        }
        if (now - toldNanos >= TELL_EVERY.toNanos()) {
            toldNanos = now;
            notes.accept("Waiting for a BOGUS alert: " + state());
        }
    }

    private String state() {
        String of = wanted.isPresent() ? " of " + wanted.getAsLong() : "";
        return used + of + " backgrounds found on " + topic + ", and " + refused + " other alerts since the last";
    }
}
