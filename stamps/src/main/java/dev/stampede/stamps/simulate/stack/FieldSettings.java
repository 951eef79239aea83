package dev.stampede.stamps.simulate.stack;

import dev.stampede.stamps.search.ImageStack;

/**
 * The fields of a simulation: their images and their movers.
 *
 * @param side rows and columns of an image, {@value #MIN_SIDE} to {@value #MAX_SIDE}
 * @param minExposures the minimum number of exposures of a field, {@value #MIN_EXPOSURES} or more
 * @param maxExposures the maximum number, up to 64
 * @param minHours the minimum time from the first exposure to the last, above 0
 * @param maxHours the maximum, up to 24
 * @param movers the mean number of movers of a field, 0 or more
 * @param signalToNoiseLow the faintest mover, above 0: the likelihood of its true trajectory in white noise
 * @param signalToNoiseHigh the brightest
 * @param minSpeed of movers and of the search, pixels/day, above 0
 * @param maxSpeed pixels/day
 * @param halfAngleDegrees the directions of movers and of the search: up to this angle from a direction that each field draws,
 *     above 0, up to 180
 */
public record FieldSettings(
        int side,
        int minExposures,
        int maxExposures,
        double minHours,
        double maxHours,
        double movers,
        double signalToNoiseLow,
        double signalToNoiseHigh,
        double minSpeed,
        double maxSpeed,
        double halfAngleDegrees) {
    static final int MIN_SIDE = 64;
    static final int MAX_SIDE = 1024;
    static final int MIN_EXPOSURES = 5;

    public FieldSettings {
        require(
                side >= MIN_SIDE && side <= MAX_SIDE,
                "images must have " + MIN_SIDE + " to " + MAX_SIDE + " rows and columns, not " + side);
        require(
                minExposures >= MIN_EXPOSURES
                        && minExposures <= maxExposures
                        && maxExposures <= ImageStack.MAX_EXPOSURES,
                "the numbers of exposures must lie in " + MIN_EXPOSURES + " to " + ImageStack.MAX_EXPOSURES
                        + ", low to high, not " + minExposures + " to " + maxExposures);
        require(
                minHours > 0 && minHours <= maxHours && maxHours <= 24,
                "the hours must lie in (0, 24], low to high, not " + minHours + " to " + maxHours);
        require(movers >= 0 && movers <= 1000, "the number of movers must lie in 0 to 1000, not " + movers);
        require(
                signalToNoiseLow > 0 && signalToNoiseLow <= signalToNoiseHigh && signalToNoiseHigh < 1e6,
                "the S/N must lie in (0, 1e6), low to high, not " + signalToNoiseLow + " to " + signalToNoiseHigh);
        require(
                minSpeed > 0 && minSpeed <= maxSpeed && maxSpeed * maxHours / 24 <= side,
                "the speeds must lie above 0, low to high, and the fastest mover must not pass more than an image within "
                        + maxHours + " hours, not " + minSpeed + " to " + maxSpeed + " pixels/day");
        require(
                halfAngleDegrees > 0 && halfAngleDegrees <= 180,
                "the angle must lie in (0, 180] degrees, not " + halfAngleDegrees);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Half nights of DECam: 16 to 32 exposures within 2.5 to 4.5 hours, main-belt objects of 90 to 400 pixels a day. */
    public static FieldSettings standard() {
        return new FieldSettings(256, 16, 32, 2.5, 4.5, 40, 4, 60, 90, 400, 15);
    }
}
