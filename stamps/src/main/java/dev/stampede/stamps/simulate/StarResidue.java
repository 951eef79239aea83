package dev.stampede.stamps.simulate;

/**
 * What is left of a star whose subtraction failed: a dipole where the images are misaligned, a core in a dark ring where
 * the seeing differs. Both add up to about nothing. It stands still in the sky, so in the object's frame it creeps along
 * the trajectory, and fast objects see it in a part of the exposures only.
 *
 * @param minDistance how far from the centre its bright part may lie at least, pixels
 * @param maxDistance how far at most
 * @param signalToNoiseLow the faintest, above 0
 * @param signalToNoiseHigh the brightest
 */
record StarResidue(double minDistance, double maxDistance, double signalToNoiseLow, double signalToNoiseHigh)
        implements Painter {
    /** What a search lets through: its bright part is at the centre. */
    static final StarResidue CANDIDATE = new StarResidue(0, 2, 6, 60);
    /** What any candidate may have beside it. */
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
        double creep = random.logUniform(0.3, 5) / trail;
        int seen = Math.max(3, (int) (random.uniform(0.4, 1) * stack.exposures));
        int first = random.below(stack.exposures - seen + 1);
        double middle = (stack.time(first) + stack.time(first + seen - 1)) / 2;
        for (int t = first; t < first + seen; t++) {
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
