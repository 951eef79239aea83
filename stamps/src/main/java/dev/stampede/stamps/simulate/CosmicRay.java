package dev.stampede.stamps.simulate;

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
        double row = random.uniform(-1, 1);
        double column = random.uniform(-1, 1);
        double angle = random.uniform(0, Math.PI);
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        int steps = random.chance(0.5) ? 1 : 2 + random.below(5);
        double hitShare = random.uniform(0.25, 0.7);
        int certain = random.below(stack.exposures);
        for (int t = 0; t < stack.exposures; t++) {
            if (t == certain || random.chance(hitShare)) {
                double flux = random.exponential() + 0.3;
                for (int i = 0; i < steps; i++) {
                    double along = STEP * (i - (steps - 1) / 2.0);
                    signal.addGaussian(t, row + along * sin, column + along * cos, SIGMA, flux / steps);
                }
            }
        }
        return new Appearance(random.logUniform(6, 40), Double.NaN, row, column);
    }
}
