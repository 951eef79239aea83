package dev.stampede.stamps.explain;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** The replacement of hidden pixels. A masked pixel stays masked under a patch. */
public enum Fill {
    /** The median of the plane's unmasked pixels. */
    MEDIAN {
        @Override
        void paint(float[] target, OrderedPixels pixels, long seed) {
            Arrays.fill(target, pixels.count() == 0 ? 0f : (float) pixels.percentile(0.5));
        }
    },
    /** Pixels drawn, with replacement, from the plane's background: those within 3 sigmaG of its median. */
    NOISE {
        @Override
        void paint(float[] target, OrderedPixels pixels, long seed) {
            if (pixels.count() == 0) {
                MEDIAN.paint(target, pixels, seed);
                return;
            }
            double median = pixels.percentile(0.5);
            double reach = BACKGROUND_REACH * pixels.sigmaG();
            int from = pixels.firstNotBelow(median - reach);
            int to = pixels.firstAbove(median + reach);
            Random random = new Random(seed);
            for (int i = 0; i < target.length; i++) {
                target[i] = pixels.at(from + random.nextInt(to - from));
            }
        }
    },
    /** 0, which is far from the background if the level is not 0; a recipe that masks 0 ignores the patch. */
    ZERO {
        @Override
        void paint(float[] target, OrderedPixels pixels, long seed) {
            Arrays.fill(target, 0f);
        }
    };

    /** In sigmaG; 0.3 % of Gaussian noise is outside. */
    private static final double BACKGROUND_REACH = 3;

    /** Fills {@code target}, a whole plane, with the replacements, given the plane's unmasked pixels. */
    abstract void paint(float[] target, OrderedPixels pixels, long seed);

    /** The same, but NaN for each masked pixel of the plane that starts at {@code plane[offset]}. */
    void paint(float[] target, float[] plane, int offset, OrderedPixels scratch, long seed) {
        scratch.load(plane, offset, MaskRule.NOT_FINITE_OR_ZERO);
        paint(target, scratch, seed);
        for (int i = 0; i < target.length; i++) {
            if (MaskRule.NOT_FINITE_OR_ZERO.masks(plane[offset + i])) {
                target[i] = plane[offset + i];
            }
        }
    }

    /** The name in settings and classifications: {@code median}, {@code noise} or {@code zero}. */
    public String fillName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
