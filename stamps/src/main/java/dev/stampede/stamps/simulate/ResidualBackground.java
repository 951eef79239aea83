package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;

/**
 * Adds the residuals of the subtracted sky: levels, slopes, the noise of the template. Like {@link Sky}, it is independent
 * of the candidate.
 */
final class ResidualBackground {
    /** The share of stacks with a template that is not much deeper than an exposure. */
    private static final double SHALLOW_TEMPLATE_SHARE = 0.15;
    /** The share of stacks in the halo of a bright object. */
    private static final double HALO_SHARE = 0.03;

    private static final double WILD_OFFSET_SHARE = 0.15;
    /** The minimum of {@link #templateSide}. */
    private static final int MIN_TEMPLATE_SIDE = 64;

    /** Rows and columns of the template, a power of two; it repeats outside. */
    private final int templateSide;

    private final float[] template;

    ResidualBackground(StackShape shape) {
        templateSide = Math.max(MIN_TEMPLATE_SIDE, 2 * Integer.highestOneBit(shape.side() - 1));
        template = new float[templateSide * templateSide];
    }

    void add(ExposureStack stack, RandomStream random) {
        add(stack, WILD_OFFSET_SHARE, random);
    }

    /** The same without large offsets, as in images that a search can use. */
    void addSmall(ExposureStack stack, RandomStream random) {
        add(stack, 0, random);
    }

    private void add(ExposureStack stack, double wildOffsetShare, RandomStream random) {
        double quietest = stack.sigma[0];
        for (int t = 1; t < stack.exposures; t++) {
            quietest = Math.min(quietest, stack.sigma[t]);
        }
        addPlane(stack, quietest, wildOffsetShare, random);
        if (random.chance(SHALLOW_TEMPLATE_SHARE)) {
            addTemplateNoise(stack, quietest, random);
        }
    }

    /** A level per exposure, a common plane, and in some candidates a large offset. */
    private static void addPlane(ExposureStack stack, double quietest, double wildOffsetShare, RandomStream random) {
        int side = stack.shape.side();
        int centre = stack.shape.centre();
        double coaddSigma = quietest / Math.sqrt(stack.exposures);
        double atEdge = coaddSigma * (random.chance(HALO_SHARE) ? random.uniform(1, 4) : 0.3);
        double slopeRow = atEdge * random.gaussian() / centre;
        double slopeColumn = atEdge * random.gaussian() / centre;
        double offset = random.chance(wildOffsetShare) ? wildOffset(random) : 0;
        for (int t = 0; t < stack.exposures; t++) {
            double level = offset + 0.1 * stack.sigma[t] * random.gaussian();
            int at = t * stack.shape.pixels();
            for (int r = 0; r < side; r++) {
                float start = (float) (level + slopeRow * (r - centre));
                for (int c = 0; c < side; c++) {
                    stack.pixels[at++] += start + (float) slopeColumn * (c - centre);
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
        int side = stack.shape.side();
        double sigma = quietest * random.uniform(0.15, 0.4);
        for (int i = 0; i < template.length; i++) {
            template[i] = (float) (sigma * random.gaussian());
        }
        for (int t = 0; t < stack.exposures; t++) {
            int row = (int) Math.rint(stack.trailRows * stack.time(t));
            int column = (int) Math.rint(stack.trailColumns * stack.time(t));
            int at = t * stack.shape.pixels();
            for (int r = 0; r < side; r++) {
                int from = (r + row & templateSide - 1) * templateSide;
                for (int c = 0; c < side; c++) {
                    stack.pixels[at++] += template[from + (c + column & templateSide - 1)];
                }
            }
        }
    }
}
