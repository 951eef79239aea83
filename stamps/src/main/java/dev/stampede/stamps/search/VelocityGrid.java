package dev.stampede.stamps.search;

import java.util.ArrayList;
import java.util.List;

/**
 * The velocities that a search tries: each speed at each angle, as in KBMOD's grid of velocities and angles.
 *
 * <p>A grid has up to {@value #MAX_VELOCITIES} velocities.
 *
 * @param minSpeed pixels/day, above 0
 * @param maxSpeed pixels/day, {@code minSpeed} or more
 * @param speeds the number of speeds, 2 or more, evenly spaced, both limits included
 * @param minAngleDegrees from the direction of columns towards that of rows
 * @param maxAngleDegrees {@code minAngleDegrees} or more
 * @param angles the number of angles, 2 or more, evenly spaced, both limits included
 */
public record VelocityGrid(
        double minSpeed, double maxSpeed, int speeds, double minAngleDegrees, double maxAngleDegrees, int angles) {
    /** A search keeps the shifts of each in memory. */
    static final int MAX_VELOCITIES = 1 << 22;

    public VelocityGrid {
        if (!(minSpeed > 0 && maxSpeed >= minSpeed && maxSpeed < 1e6)) {
            throw new IllegalArgumentException(
                    "speeds must lie in (0, 1e6) pixels/day, low to high, not " + minSpeed + " to " + maxSpeed);
        }
        if (!(minAngleDegrees >= -720 && maxAngleDegrees >= minAngleDegrees && maxAngleDegrees <= 720)) {
            throw new IllegalArgumentException("angles must lie in -720 to 720 degrees, low to high, not "
                    + minAngleDegrees + " to " + maxAngleDegrees);
        }
        if (speeds < 2 || angles < 2) {
            throw new IllegalArgumentException(
                    "a grid needs two or more speeds and angles, not " + speeds + " and " + angles);
        }
        if ((long) speeds * angles > MAX_VELOCITIES) {
            throw new IllegalArgumentException("a grid has up to " + MAX_VELOCITIES + " velocities, not " + speeds
                    + " speeds at " + angles + " angles; narrow its range or lengthen its steps");
        }
    }

    /**
     * The grid of that range whose neighbours differ by at most about {@code stepPixels} at the end of {@code days}.
     *
     * @param days the duration of the stack, above 0
     * @param stepPixels above 0
     */
    public static VelocityGrid covering(
            double minSpeed,
            double maxSpeed,
            double minAngleDegrees,
            double maxAngleDegrees,
            double days,
            double stepPixels) {
        double along = (maxSpeed - minSpeed) * days / stepPixels;
        double across = Math.toRadians(maxAngleDegrees - minAngleDegrees) * maxSpeed * days / stepPixels;
        return new VelocityGrid(minSpeed, maxSpeed, points(along), minAngleDegrees, maxAngleDegrees, points(across));
    }

    /** The number of points of an axis of that many steps; of a huge one so many that no grid has them. */
    private static int points(double steps) {
        return 1 + Math.max(1, (int) Math.ceil(Math.min(steps, MAX_VELOCITIES)));
    }

    /** The number of velocities. */
    int size() {
        return speeds * angles;
    }

    /** All velocities, angle by angle. */
    List<Velocity> velocities() {
        List<Velocity> all = new ArrayList<>(size());
        for (int a = 0; a < angles; a++) {
            double angle = Math.toRadians(minAngleDegrees + (maxAngleDegrees - minAngleDegrees) * a / (angles - 1));
            for (int s = 0; s < speeds; s++) {
                double speed = minSpeed + (maxSpeed - minSpeed) * s / (speeds - 1);
                all.add(new Velocity(speed * StrictMath.cos(angle), speed * StrictMath.sin(angle)));
            }
        }
        return all;
    }
}
