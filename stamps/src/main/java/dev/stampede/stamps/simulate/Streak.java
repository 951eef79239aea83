package dev.stampede.stamps.simulate;

/**
 * A line through the centre, at any angle: a star or its residue trailed along the trajectory, a satellite. Half of them
 * have a dark lane beside the bright one, as the trail of a dipole has.
 */
final class Streak implements Painter {
    @Override
    public Appearance paint(ExposureStack stack, SignalStack signal, RandomStream random) {
        double row = random.uniform(-1.5, 1.5);
        double column = random.uniform(-1.5, 1.5);
        double angle = random.uniform(0, Math.PI);
        double halfLength = random.uniform(4, 12);
        double width = random.uniform(1, 2);
        boolean darkLane = random.chance(0.5);
        double lane = random.uniform(1.5, 4);
        double seenShare = random.uniform(0.5, 1);
        int painted = -1;
        for (int t = 0; t < stack.exposures; t++) {
            if (painted >= 0 && !random.chance(seenShare)) {
                continue;
            }
            double brightness = Math.max(0.1, 1 + 0.4 * random.gaussian());
            if (painted < 0) {
                line(signal, t, row, column, angle, halfLength, width, 1);
                if (darkLane) {
                    double r = row + lane * StrictMath.cos(angle);
                    double c = column - lane * StrictMath.sin(angle);
                    line(signal, t, r, c, angle, halfLength, width, -0.8);
                }
                painted = t;
            } else {
                copy(signal, painted, t, brightness);
            }
        }
        return new Appearance(random.logUniform(7, 60), Double.NaN, row, column);
    }

    private static void line(
            SignalStack signal,
            int exposure,
            double row,
            double column,
            double angle,
            double halfLength,
            double width,
            double flux) {
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        // Stars closer to each other than their width make a smooth line.
        int stars = (int) Math.ceil(2 * halfLength / width) + 1;
        for (int i = 0; i < stars; i++) {
            double along = halfLength * (2.0 * i / (stars - 1) - 1);
            signal.addGaussian(exposure, row + along * sin, column + along * cos, width, flux / stars);
        }
    }

    private static void copy(SignalStack signal, int from, int to, double factor) {
        for (int i = 0; i < ExposureStack.PIXELS; i++) {
            signal.values[to * ExposureStack.PIXELS + i] =
                    (float) factor * signal.values[from * ExposureStack.PIXELS + i];
        }
    }
}
