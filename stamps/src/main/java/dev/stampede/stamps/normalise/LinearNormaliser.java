package dev.stampede.stamps.normalise;

import java.util.Arrays;

/** Subtracts a level from each pixel and divides by a scale; both are measured on the unmasked pixels. */
abstract class LinearNormaliser implements Normaliser {
    /** The number of pixels. */
    final int size;

    /** The result of {@link #measure}. */
    double level;

    double scale = 1;

    LinearNormaliser(int rows, int columns) {
        size = rows * columns;
    }

    /**
     * Sets {@link #level} and {@link #scale} for the image that starts at {@code pixels[offset]}.
     *
     * @return false if the pixels that are not NaN have no spread
     */
    abstract boolean measure(float[] pixels, int offset);

    @Override
    public final boolean normalise(float[] pixels, int offset, float[] target, int targetOffset) {
        if (!measure(pixels, offset)) {
            Arrays.fill(target, targetOffset, targetOffset + size, 0f);
            return false;
        }
        for (int i = 0; i < size; i++) {
            float pixel = pixels[offset + i];
            target[targetOffset + i] = Float.isNaN(pixel) ? 0f : (float) ((pixel - level) / scale);
        }
        return true;
    }
}
