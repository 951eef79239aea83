package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;

/**
 * A line through the centre, at any angle: a star or its residue trailed along the trajectory, or a satellite. Half of
 * them have a dark lane next to the bright one, like the trail of a dipole.
 */
final class Streak implements SignalPainter {
    @Override
    public Appearance paint(ExposureStack stack, SignalStack signal, RandomStream random) {
        Line line = new Line(
                random.uniform(-1.5, 1.5),
                random.uniform(-1.5, 1.5),
                random.uniform(0, Math.PI),
                random.uniform(4, 12),
                random.uniform(1, 2));
        boolean darkLane = random.chance(0.5);
        double lane = random.uniform(1.5, 4);
        double observedShare = random.uniform(0.5, 1);
        int painted = -1;
        for (int t = 0; t < stack.exposures; t++) {
            if (painted >= 0 && !random.chance(observedShare)) {
                continue;
            }
            double brightness = Math.max(0.1, 1 + 0.4 * random.gaussian());
            if (painted < 0) {
                line.paint(signal, t, 1);
                if (darkLane) {
                    line.shifted(lane).paint(signal, t, -0.8);
                }
                painted = t;
            } else {
                copy(signal, stack.shape.pixels(), painted, t, brightness);
            }
        }
        return new Appearance(random.logUniform(7, 60), Double.NaN, line.row, line.column);
    }

    /** A line through a point, pixels from the centre; the angle in radians. */
    private record Line(double row, double column, double angle, double halfLength, double width) {
        /** The parallel at a distance of that many pixels. */
        Line shifted(double distance) {
            return new Line(
                    row + distance * StrictMath.cos(angle),
                    column - distance * StrictMath.sin(angle),
                    angle,
                    halfLength,
                    width);
        }

        void paint(SignalStack signal, int exposure, double flux) {
            double sin = StrictMath.sin(angle);
            double cos = StrictMath.cos(angle);
            // Stars closer to each other than their width make a smooth line.
            int stars = (int) Math.ceil(2 * halfLength / width) + 1;
            for (int i = 0; i < stars; i++) {
                double along = halfLength * (2.0 * i / (stars - 1) - 1);
                signal.addGaussian(exposure, row + along * sin, column + along * cos, width, flux / stars);
            }
        }
    }

    private static void copy(SignalStack signal, int pixels, int from, int to, double factor) {
        for (int i = 0; i < pixels; i++) {
            signal.values[to * pixels + i] = (float) factor * signal.values[from * pixels + i];
        }
    }
}
