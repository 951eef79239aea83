package dev.stampede.benchmarks.bench;

import java.util.OptionalInt;

/**
 * One soak.
 *
 * @param seconds how long the load goes on
 * @param perSecond alerts a second; empty for half of what a probe measures
 * @param everyMillis between two looks
 */
record SoakSettings(double seconds, OptionalInt perSecond, long everyMillis) {
    /** Between two faults at most; in a short run a quarter of it. */
    private static final double CALM_SECONDS = 180;

    SoakSettings {
        if (!(seconds > 0) || everyMillis < 1 || perSecond.orElse(1) < 1) {
            throw new IllegalArgumentException("a soak needs time, a rate and looks");
        }
    }

    private double calmSeconds() {
        return Math.min(CALM_SECONDS, seconds / 4);
    }

    /** How many faults have happened by {@code now}; none in the last calm, so that all can recover. */
    int faultsBy(double now) {
        return (int) (Math.min(now, seconds - calmSeconds()) / calmSeconds());
    }

    /** The fault of that number, from 0. */
    SoakFault fault(int number) {
        SoakFault[] all = SoakFault.values();
        return all[number % all.length];
    }
}
