package dev.stampede.stamps.normalise;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;

/** A normaliser whose statistics come from the pixels in ascending order, which other statistics can share. */
public interface OrderedNormaliser extends Normaliser {
    /** The pixels that the recipe ignores. */
    MaskRule masked();

    /**
     * The same as {@link Normaliser#normalise} for ordered pixels: {@code inOrder} contains those that {@link #masked}
     * does not exclude, possibly none.
     */
    boolean normalise(OrderedPixels inOrder, float[] pixels, int offset, float[] target, int targetOffset);
}
