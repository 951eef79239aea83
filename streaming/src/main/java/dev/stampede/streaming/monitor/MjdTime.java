package dev.stampede.streaming.monitor;

import dev.stampede.schemas.TimeScale;

/** Converts Modified Julian Dates to the system clock. */
public final class MjdTime {
    /** The Modified Julian Date of 1970-01-01. */
    private static final double MJD_OF_EPOCH = 40_587;

    private static final double SECONDS_PER_DAY = 86_400;
    private static final double MILLIS_PER_SECOND = 1e3;

    /** TAI - UTC since 2017-01-01 (IERS Bulletin C 52); no leap second has been announced since. */
    private static final double TAI_AHEAD_OF_UTC_SECONDS = 37;

    private MjdTime() {}

    /** Seconds from {@code mjd}, in {@code scale}, to {@code nowMillis} since 1970, UTC; below 0 in the future. */
    public static double secondsSince(double mjd, TimeScale scale, long nowMillis) {
        double observed = (mjd - MJD_OF_EPOCH) * SECONDS_PER_DAY;
        return nowMillis / MILLIS_PER_SECOND
                - (scale == TimeScale.TAI ? observed - TAI_AHEAD_OF_UTC_SECONDS : observed);
    }
}
