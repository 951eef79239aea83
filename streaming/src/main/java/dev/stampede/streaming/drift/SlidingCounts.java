package dev.stampede.streaming.drift;

import java.util.Arrays;
import java.util.List;

/** Counts by bin over the last 24 hours, in hourly steps. Not thread-safe. */
final class SlidingCounts {
    static final int HOURS = 24;
    private static final long HOUR_MILLIS = 3_600_000;

    private final long[][] hours;
    private final long[] hourAt = new long[HOURS];

    SlidingCounts(int bins) {
        hours = new long[HOURS][bins];
        Arrays.fill(hourAt, Long.MIN_VALUE);
    }

    /** Counts one in {@code bin} at {@code nowMillis}. */
    void add(int bin, long nowMillis) {
        long hour = Math.floorDiv(nowMillis, HOUR_MILLIS);
        int slot = (int) Math.floorMod(hour, (long) HOURS);
        if (hourAt[slot] != hour) {
            hourAt[slot] = hour;
            Arrays.fill(hours[slot], 0);
        }
        hours[slot][bin]++;
    }

    /** The counts of the last {@value #HOURS} hours at {@code nowMillis}. */
    List<Long> counts(long nowMillis) {
        long hour = Math.floorDiv(nowMillis, HOUR_MILLIS);
        long[] counts = new long[hours[0].length];
        for (int slot = 0; slot < HOURS; slot++) {
            if (hourAt[slot] > hour - HOURS && hourAt[slot] <= hour) {
                for (int bin = 0; bin < counts.length; bin++) {
                    counts[bin] += hours[slot][bin];
                }
            }
        }
        return Arrays.stream(counts).boxed().toList();
    }
}
