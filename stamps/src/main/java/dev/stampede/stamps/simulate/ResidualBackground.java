package dev.stampede.stamps.simulate;

/**
 * Adds the residuals of the subtracted sky: levels, slopes, the noise of the template. Like {@link Sky}, it is independent
 * of the candidate.
 */
final class ResidualBackground {
    private static final int SIDE = ExposureStack.SIDE;
    /** The share of stacks with a template that is not much deeper than an exposure. */
    private static final double SHALLOW_TEMPLATE_SHARE = 0.15;
    /** The share of stacks in the halo of a bright object. */
    private static final double HALO_SHARE = 0.03;

    private static final double WILD_OFFSET_SHARE = 0.15;
    /** Rows and columns of the template, a power of two; it repeats outside. */
    private static final int TEMPLATE_SIDE = 64;

    private final float[] template = new float[TEMPLATE_SIDE * TEMPLATE_SIDE];

    void add(ExposureStack stack, RandomStream random) {
        double quietest = stack.sigma[0];
        for (int t = 1; t < stack.exposures; t++) {
            quietest = Math.min(quietest, stack.sigma[t]);
        }
        addPlane(stack, quietest, random);
        if (random.chance(SHALLOW_TEMPLATE_SHARE)) {
            addTemplateNoise(stack, quietest, random);
        }
    }

    /** A level per exposure, a common plane, and in some candidates a large offset. */
    private static void addPlane(ExposureStack stack, double quietest, RandomStream random) {
        double coaddSigma = quietest / Math.sqrt(stack.exposures);
        double atEdge = coaddSigma * (random.chance(HALO_SHARE) ? random.uniform(1, 4) : 0.3);
        double slopeRow = atEdge * random.gaussian() / ExposureStack.CENTRE;
        double slopeColumn = atEdge * random.gaussian() / ExposureStack.CENTRE;
        double offset = random.chance(WILD_OFFSET_SHARE) ? wildOffset(random) : 0;
        for (int t = 0; t < stack.exposures; t++) {
            double level = offset + 0.1 * stack.sigma[t] * random.gaussian();
            int at = t * ExposureStack.PIXELS;
            for (int r = 0; r < SIDE; r++) {
                float start = (float) (level + slopeRow * (r - ExposureStack.CENTRE));
                for (int c = 0; c < SIDE; c++) {
                    stack.pixels[at++] += start + (float) slopeColumn * (c - ExposureStack.CENTRE);
                }
            }
        }
    }

    /** Medians of real stamps range from -3,400 to 16,000 counts. */
    private static double wildOffset(RandomStream random) {
        return random.chance(0.7) ? random.logUniform(10, 16_000) : -random.logUniform(10, 3_400);
    }

    /**
     * The same template is subtracted from all exposures, so its noise is at the same place on the sky. Along the
     * trajectory of a slow object it does not average out but smears into stripes.
     */
    private void addTemplateNoise(ExposureStack stack, double quietest, RandomStream random) {
        double sigma = quietest * random.uniform(0.15, 0.4);
        for (int i = 0; i < template.length; i++) {
            template[i] = (float) (sigma * random.gaussian());
        }
        for (int t = 0; t < stack.exposures; t++) {
            int row = (int) Math.rint(stack.trailRows * stack.time(t));
            int column = (int) Math.rint(stack.trailColumns * stack.time(t));
            int at = t * ExposureStack.PIXELS;
            for (int r = 0; r < SIDE; r++) {
                int from = (r + row & TEMPLATE_SIDE - 1) * TEMPLATE_SIDE;
                for (int c = 0; c < SIDE; c++) {
                    stack.pixels[at++] += template[from + (c + column & TEMPLATE_SIDE - 1)];
                }
            }
        }
    }
}
