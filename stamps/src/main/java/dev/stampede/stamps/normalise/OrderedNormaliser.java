package dev.stampede.stamps.normalise;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;

/** A normaliser that can be spared the ordering of the pixels where that is known. */
interface OrderedNormaliser extends Normaliser {
    /** Which pixels the recipe leaves out. */
    MaskRule masked();

    /** {@link Normaliser#normalise}, where {@code inOrder} holds the unmasked ones of these pixels, of which there may be none. */
    boolean normalise(OrderedPixels inOrder, float[] pixels, int offset, float[] target, int targetOffset);
}
