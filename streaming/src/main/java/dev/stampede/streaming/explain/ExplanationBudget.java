package dev.stampede.streaming.explain;

import java.util.concurrent.TimeUnit;

/**
 * Admits as many explanations a second as are allowed, and as can be made in the time that is allowed for them: what one
 * takes is measured as they are made. A second's worth may come at once. Thread-safe.
 */
public final class ExplanationBudget {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** The weight of the last batch in the cost of an explanation: a slow moment fades within a few batches. */
    private static final double NEWEST = 0.2;

    private final int perSecond;
    private final double cores;
    /** What one explanation takes; 0 while none was made. */
    private double costNanos;

    private double credit;
    private long creditedNanos;

    /**
     * A budget that is full.
     *
     * @param perSecond the most explanations a second
     * @param cores the most seconds of work a second
     * @param nowNanos the time, on the scale of {@link #admits}
     */
    public ExplanationBudget(int perSecond, double cores, long nowNanos) {
        this.perSecond = perSecond;
        this.cores = cores;
        credit = perSecond;
        creditedNanos = nowNanos;
    }

    /** Whether there is room for one more explanation, which is then taken; {@code nowNanos} does not run backwards. */
    public synchronized boolean admits(long nowNanos) {
        double rate = ratePerSecond();
        double earned = rate * (nowNanos - creditedNanos) / NANOS_PER_SECOND;
        credit = Math.min(Math.max(rate, 1), credit + earned);
        creditedNanos = nowNanos;
        if (credit < 1) {
            return false;
        }
        credit--;
        return true;
    }

    /** Takes note that {@code explanations}, one or more, were made in so much time of one thread. */
    public synchronized void took(int explanations, long nanos) {
        double each = (double) nanos / explanations;
        costNanos = costNanos == 0 ? each : costNanos + NEWEST * (each - costNanos);
    }

    /** What is admitted in the long run. */
    synchronized double ratePerSecond() {
        return costNanos == 0 ? perSecond : Math.min(perSecond, cores * NANOS_PER_SECOND / costNanos);
    }
}
