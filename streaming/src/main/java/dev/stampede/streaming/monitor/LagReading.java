package dev.stampede.streaming.monitor;

/**
 * The consumer lag of a stream and when it was measured.
 *
 * @param alerts records not yet processed, over all partitions of this instance; NaN if never measured
 * @param measuredMillis when a broker last answered a fetch, milliseconds since the epoch
 */
public record LagReading(double alerts, long measuredMillis) {
    /** More than the maximum of batch.max-wait-ms, ten seconds, after which an idle consumer fetches again. */
    public static final long MAX_AGE_MILLIS = 15_000;

    /** Whether there is a value. */
    public boolean isMeasured() {
        return !Double.isNaN(alerts);
    }

    /** Whether the value is so old that it says nothing about {@code nowMillis}. */
    public boolean isStale(long nowMillis) {
        return nowMillis - measuredMillis >= MAX_AGE_MILLIS;
    }
}
