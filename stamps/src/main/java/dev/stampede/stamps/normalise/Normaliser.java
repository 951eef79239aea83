package dev.stampede.stamps.normalise;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;

/** Applies one {@link Recipe} to planes of a fixed size. Not thread-safe. */
public interface Normaliser {
    /**
     * Normalises the plane that starts at {@code pixels[offset]} into {@code target[targetOffset...]}; never writes
     * NaN. The two arrays may be the same, at the same offset.
     *
     * @return false, with zeros written, if the unmasked pixels have no spread
     */
    boolean normalise(float[] pixels, int offset, float[] target, int targetOffset);

    /** The pixels that the recipe ignores. */
    MaskRule masked();

    /**
     * The same for ordered pixels: {@code inOrder} contains those that {@link #masked} does not exclude, possibly none.
     */
    boolean normalise(OrderedPixels inOrder, float[] pixels, int offset, float[] target, int targetOffset);
}
