package dev.stampede.streaming.explain;

import java.util.concurrent.TimeUnit;

/**
 * Limits explanations to a rate and to a share of CPU time, based on their measured cost: a token bucket that holds one
 * second's worth. Thread-safe.
 */
public final class ExplanationBudget {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Weight of the last batch in the moving average of the cost: an outlier fades within a few batches. */
    private static final double NEWEST = 0.2;

    private final int perSecond;
    private final double cores;
    /** Average cost of an explanation; 0 before the first. */
    private double costNanos;

    private double credit;
    private long creditedNanos;

    /**
     * A full budget.
     *
     * @param perSecond maximum explanations per second
     * @param cores maximum CPU seconds per second
     * @param nowNanos the time, on the scale of {@link #admits}
     */
    public ExplanationBudget(int perSecond, double cores, long nowNanos) {
        this.perSecond = perSecond;
        this.cores = cores;
        credit = perSecond;
        creditedNanos = nowNanos;
    }

    /** Takes one explanation from the budget if it has one; {@code nowNanos} must not decrease. */
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

    /** Records the cost of {@code explanations}, one or more, in time of one thread. */
    public synchronized void elapsed(int explanations, long nanos) {
        double each = (double) nanos / explanations;
        costNanos = costNanos == 0 ? each : costNanos + NEWEST * (each - costNanos);
    }

    /** The rate admitted in the long run. */
    synchronized double ratePerSecond() {
        return costNanos == 0 ? perSecond : Math.min(perSecond, cores * NANOS_PER_SECOND / costNanos);
    }
}
