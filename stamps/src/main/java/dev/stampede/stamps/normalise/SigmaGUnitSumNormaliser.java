package dev.stampede.stamps.normalise;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;
import java.util.Arrays;

/**
 * {@link Recipe#SIGMAG_UNIT_SUM}: pixels below median - 2 sigmaG are raised to it, the minimum is subtracted and all are
 * divided by their sum. Non-finite pixels are ignored and become 0, the floor; 0 is a value like any other, as in the
 * published recipe (astroML, chapter 9). Percentiles are numpy's.
 */
final class SigmaGUnitSumNormaliser implements OrderedNormaliser {
    /** The depth of the floor below the median, in sigmaG. */
    private static final double FLOOR_DEPTH = 2;

    private final int size;
    private final OrderedPixels ordered;

    SigmaGUnitSumNormaliser(int pixels) {
        size = pixels;
        ordered = new OrderedPixels(pixels);
    }

    @Override
    public boolean normalise(float[] pixels, int offset, float[] target, int targetOffset) {
        ordered.load(pixels, offset, masked());
        return normalise(ordered, pixels, offset, target, targetOffset);
    }

    @Override
    public MaskRule masked() {
        return MaskRule.NOT_FINITE;
    }

    @Override
    public boolean normalise(OrderedPixels inOrder, float[] pixels, int offset, float[] target, int targetOffset) {
        if (inOrder.count() > 0) {
            double floor = inOrder.percentile(0.5) - FLOOR_DEPTH * inOrder.sigmaG();
            double base = Math.max(inOrder.min(), floor); // the minimum after those below the floor are raised
            double sum = inOrder.sumAbove(base);
            if (sum > 0) {
                divide(pixels, offset, target, targetOffset, base, sum, inOrder.count() == size);
                return true;
            }
        }
        Arrays.fill(target, targetOffset, targetOffset + size, 0f);
        return false;
    }

    private void divide(
            float[] pixels, int offset, float[] target, int targetOffset, double base, double sum, boolean unmasked) {
        double share = 0.5 / sum;
        for (int i = 0; i < size; i++) {
            float pixel = pixels[offset + i];
            float value = (float) (OrderedPixels.twiceAbove(pixel, base) * share);
            target[targetOffset + i] = unmasked ? value : MaskRule.NOT_FINITE.valueOrZero(pixel, value);
        }
    }
}
