package dev.stampede.stamps.normalise;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;
import java.util.Arrays;

/**
 * {@link Recipe#ASINH_SNR}: asinh((x - median) / sigma / 5) with {@link SigmaClip sigma-clipped} statistics of the
 * pixels that are finite and not 0; the others become 0. Within 1e-6 of the value in double precision.
 */
final class AsinhSnrNormaliser implements OrderedNormaliser {
    private static final MaskRule MASKED = MaskRule.NOT_FINITE_OR_ZERO;
    /** The signal-to-noise at which the compression begins. */
    private static final double SOFTENING = 5;
    /** Outside these a scale or its inverse is not a normal float. */
    private static final double MIN_FLOAT_SCALE = 1e-36;

    private static final double MAX_FLOAT_SCALE = 1e36;

    private final float[] work;
    private final OrderedPixels ordered;
    private final SigmaClip clip = new SigmaClip();

    AsinhSnrNormaliser(int pixels) {
        work = new float[pixels];
        ordered = new OrderedPixels(pixels);
    }

    @Override
    public boolean normalise(float[] pixels, int offset, float[] target, int targetOffset) {
        ordered.load(pixels, offset, MASKED);
        return normalise(ordered, pixels, offset, target, targetOffset);
    }

    @Override
    public MaskRule masked() {
        return MASKED;
    }

    @Override
    public boolean normalise(OrderedPixels inOrder, float[] pixels, int offset, float[] target, int targetOffset) {
        if (inOrder.count() > 0) {
            clip.measure(inOrder);
            if (clip.standardDeviation() > 0) {
                compress(inOrder, pixels, offset, target, targetOffset);
                return true;
            }
        }
        Arrays.fill(target, targetOffset, targetOffset + work.length, 0f);
        return false;
    }

    private void compress(OrderedPixels inOrder, float[] pixels, int offset, float[] target, int targetOffset) {
        double median = clip.median();
        double scale = SOFTENING * clip.standardDeviation();
        float high = (float) median;
        System.arraycopy(pixels, offset, work, 0, work.length);
        Asinh.applyWithinReach(work, work.length, high, (float) (median - high), (float) (1 / scale));

        boolean fitsFloat = scale > MIN_FLOAT_SCALE && scale < MAX_FLOAT_SCALE;
        double reach = fitsFloat ? Asinh.REACH * scale : Double.NEGATIVE_INFINITY;
        boolean allWithinReach =
                inOrder.count() == work.length && inOrder.max() - median <= reach && median - inOrder.min() <= reach;
        if (allWithinReach) {
            System.arraycopy(work, 0, target, targetOffset, work.length);
        } else {
            repair(pixels, offset, target, targetOffset, median, scale, reach);
        }
    }

    /** Replaces values further than {@code reach} from the median by the exact ones, and masked ones by 0. */
    private void repair(
            float[] pixels, int offset, float[] target, int targetOffset, double median, double scale, double reach) {
        for (int i = 0; i < work.length; i++) {
            float pixel = pixels[offset + i];
            double excess = pixel - median;
            float value = work[i];
            if (!(Math.abs(excess) <= reach) && !MASKED.masks(pixel)) {
                value = (float) Asinh.of(excess / scale);
            }
            target[targetOffset + i] = MASKED.valueOrZero(pixel, value);
        }
    }
}
