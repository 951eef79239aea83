package dev.stampede.streaming.kafka;

import java.util.concurrent.TimeUnit;

/**
 * Sends numbered items at a fixed rate, until all are sent or it is asked to stop.
 *
 * @param count how many items; {@link Long#MAX_VALUE} for no limit
 * @param perSecond the rate; {@link Double#POSITIVE_INFINITY} for as fast as the sink accepts them
 */
public record PacedFeed(long count, double perSecond) {
    /** Sends the item of a number, from 0. */
    @FunctionalInterface
    public interface Sink {
        void send(long number) throws InterruptedException;
    }

    /** A request to stop. */
    @FunctionalInterface
    public interface StopSignal {
        /** Waits up to {@code millis}, which may be 0, and returns whether to stop. */
        boolean await(long millis) throws InterruptedException;
    }

    public PacedFeed {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("the rate must be above 0, not " + perSecond);
        }
    }

    /** Runs to the end and returns how many items were sent. */
    public long run(Sink sink, StopSignal stop) throws InterruptedException {
        long startNanos = System.nanoTime();
        long sent = 0;
        while (sent < count && !stop.await(millisUntil(startNanos, sent))) {
            sink.send(sent);
            sent++;
        }
        return sent;
    }

    /** Until item {@code number} is due; 0 if it already is. */
    private long millisUntil(long startNanos, long number) {
        long dueNanos = startNanos + (long) (number * 1e9 / perSecond);
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(dueNanos - System.nanoTime()));
    }
}
