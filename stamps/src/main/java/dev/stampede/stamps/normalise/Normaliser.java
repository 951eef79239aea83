package dev.stampede.stamps.normalise;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;

/** Applies one {@link Recipe} to channels of a fixed size. Holds scratch memory: one instance a thread. */
public interface Normaliser {
    /**
     * Normalises the channel that starts at {@code pixels[offset]} into {@code target[targetOffset...]}; never writes
     * NaN. The two arrays may be the same, at the same offset.
     *
     * @return false, with zeros written, when the unmasked pixels have no spread and nothing can be formed
     */
    boolean normalise(float[] pixels, int offset, float[] target, int targetOffset);

    /** Which pixels the recipe leaves out. */
    MaskRule masked();

    /**
     * The same where the pixels are ordered already: {@code inOrder} holds those that {@link #masked} leaves, of which
     * there may be none.
     */
    boolean normalise(OrderedPixels inOrder, float[] pixels, int offset, float[] target, int targetOffset);
}
