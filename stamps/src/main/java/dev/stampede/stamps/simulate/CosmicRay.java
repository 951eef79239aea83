package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;

/**
 * Charge from a cosmic ray: sharper than a star, a point or a short track. A search that clips outliers removes those in
 * a single exposure; its candidates were hit in several, by chance or by persistence.
 */
final class CosmicRay implements SignalPainter {
    /** About the width of a pixel: charge hardly spreads. */
    private static final double SIGMA = 0.45;

    private static final double STEP = 0.7;

    @Override
    public Appearance paint(ExposureStack stack, SignalStack signal, RandomStream random) {
        Track track = Track.random(random);
        double hitShare = random.uniform(0.25, 0.7);
        int certain = random.below(stack.exposures);
        for (int t = 0; t < stack.exposures; t++) {
            if (t == certain || random.chance(hitShare)) {
                track.paint(signal, t, random.exponential() + 0.3);
            }
        }
        return new Appearance(random.logUniform(6, 40), Double.NaN, track.row, track.column);
    }

    /** A point, or a straight row of points; its middle in pixels from the centre, the angle in radians. */
    record Track(double row, double column, double angle, int steps) {
        static Track random(RandomStream random) {
            return new Track(
                    random.uniform(-1, 1),
                    random.uniform(-1, 1),
                    random.uniform(0, Math.PI),
                    random.chance(0.5) ? 1 : 2 + random.below(5));
        }

        void paint(SignalStack signal, int exposure, double flux) {
            double sin = StrictMath.sin(angle);
            double cos = StrictMath.cos(angle);
            for (int i = 0; i < steps; i++) {
                double along = STEP * (i - (steps - 1) / 2.0);
                signal.addGaussian(exposure, row + along * sin, column + along * cos, SIGMA, flux / steps);
            }
        }
    }
}
