package dev.stampede.systemtests.soak;

import dev.stampede.streaming.wire.RecordFormat;

/**
 * One soak test.
 *
 * @param seconds duration of the load
 * @param perSecond alerts per second; 0 for half of what a probe measures
 * @param everyMillis between two samples
 * @param format the output format
 */
record SoakSettings(double seconds, int perSecond, long everyMillis, RecordFormat format) {
    /** The longest time between two faults; in a short run a quarter of it. */
    private static final double MAX_CALM_SECONDS = 180;

    SoakSettings {
        if (!(seconds > 0) || everyMillis < 1 || perSecond < 0) {
            throw new IllegalArgumentException("seconds and everyMillis must be above 0, perSecond 0 or more");
        }
    }

    /** How many faults have happened by {@code now}; none in the last interval, which is for recovery. */
    int faultsBy(double now) {
        double calm = Math.min(MAX_CALM_SECONDS, seconds / 4);
        return (int) (Math.min(now, seconds - calm) / calm);
    }

    /** The fault of a number, from 0. */
    static SoakFault fault(int number) {
        SoakFault[] all = SoakFault.values();
        return all[number % all.length];
    }
}
