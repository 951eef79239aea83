package dev.stampede.stamps.normalise;

/**
 * Applies one {@link Recipe} to images of a fixed size, or to all planes of a stamp at once if the recipe is joint. Not
 * thread-safe.
 */
public interface Normaliser {
    /**
     * Normalises the image that starts at {@code pixels[offset]}, row by row, into {@code target[targetOffset...]}; a
     * masked pixel becomes 0, never NaN. The two arrays may be the same, at the same offset.
     *
     * @return false, with zeros written, if the unmasked pixels have no spread
     */
    boolean normalise(float[] pixels, int offset, float[] target, int targetOffset);
}
