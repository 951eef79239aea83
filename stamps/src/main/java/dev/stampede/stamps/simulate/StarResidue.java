package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;

/**
 * The residue of a star after a failed subtraction: a dipole if the images are misaligned, a core in a dark ring if the
 * seeing differs. Both sum to about zero. It is fixed on the sky, so in the object's frame it moves along the trajectory,
 * and fast objects meet it only in some of the exposures.
 *
 * @param minDistance the minimum distance of its bright part from the centre, pixels
 * @param maxDistance the maximum distance
 * @param signalToNoiseLow the minimum, above 0
 * @param signalToNoiseHigh the maximum
 */
record StarResidue(double minDistance, double maxDistance, double signalToNoiseLow, double signalToNoiseHigh)
        implements SignalPainter {
    /** A residue that a search selects: its bright part is at the centre. */
    static final StarResidue CANDIDATE = new StarResidue(0, 2, 6, 60);
    /** A residue next to another candidate. */
    static final StarResidue NEIGHBOUR = new StarResidue(6, 11, 5, 40);

    @Override
    public Appearance paint(ExposureStack stack, SignalStack signal, RandomStream random) {
        double distance = random.uniform(minDistance, maxDistance);
        double angle = random.uniform(0, 2 * Math.PI);
        double row = distance * StrictMath.sin(angle);
        double column = distance * StrictMath.cos(angle);
        boolean ring = random.chance(0.25);
        double broader = random.uniform(1.25, 1.7);
        double lobes = random.uniform(1, 3.5);
        double tilt = random.uniform(0, 2 * Math.PI);
        double rowLobe = ring ? 0 : lobes * StrictMath.sin(tilt);
        double columnLobe = ring ? 0 : lobes * StrictMath.cos(tilt);
        double trail = Math.sqrt(stack.trailRows * stack.trailRows + stack.trailColumns * stack.trailColumns);
        double drift = random.logUniform(0.3, 5);
        double creep = trail == 0 ? 0 : drift / trail; // fixed in images of the sky
        int observed = Math.min(stack.exposures, Math.max(3, (int) (random.uniform(0.4, 1) * stack.exposures)));
        int first = random.below(stack.exposures - observed + 1);
        double middle = (stack.time(first) + stack.time(first + observed - 1)) / 2;
        for (int t = first; t < first + observed; t++) {
            double r = row - creep * stack.trailRows * (stack.time(t) - middle);
            double c = column - creep * stack.trailColumns * (stack.time(t) - middle);
            double sigma = stack.seeingSigmaPixels[t];
            double flux = Math.max(0.1, 1 + 0.3 * random.gaussian());
            signal.addGaussian(t, r, c, sigma, flux);
            signal.addGaussian(t, r + rowLobe, c + columnLobe, ring ? sigma * broader : sigma, -flux);
        }
        return new Appearance(random.logUniform(signalToNoiseLow, signalToNoiseHigh), Double.NaN, row, column);
    }
}
