package dev.stampede.stamps.stamp;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Pixels that were rounded to multiples of a step, such as whole numbers. Rounding makes exact zeros, which are values,
 * and few distinct values, which do not look like noise to a model. Uniform noise of half a step, the same in each stamp,
 * replaces the rounding error (dithering). Zeros are masked pixels only where they are a patch: {@value
 * #PATCH}x{@value #PATCH} zeros, or a whole row or column of {@value #MIN_LINE} or more.
 */
public final class IntegerImage {
    /** Of pixels that are 0 with a probability of 40 %, one in 10^10 patches of this side is all zeros by chance. */
    private static final int PATCH = 5;

    /** The same for one line in 10^6. */
    private static final int MIN_LINE = 16;

    /** More distinct values than these describe noise well enough. */
    private static final int MAX_COARSE = 64;

    /** In an image of noise each coarse value is that of many pixels. */
    private static final int MIN_REPEATS = 4;

    private static final long SEED = 1;

    private IntegerImage() {}

    /** Restores {@code pixels} from an array of integers, or if they are floats of few whole numbers; in place. */
    public static void restore(float[] pixels, boolean isInteger, int height, int width) {
        if (isInteger || isCoarse(pixels)) {
            restore(pixels, height, width, 1);
        }
    }

    /** Whether {@code pixels} are whole numbers with few distinct values, more than one; NaN is none. */
    private static boolean isCoarse(float[] pixels) {
        int max = Math.min(MAX_COARSE, pixels.length / MIN_REPEATS);
        Set<Float> values = new HashSet<>();
        for (float pixel : pixels) {
            if (pixel != (float) Math.rint(pixel) && !Float.isNaN(pixel)) {
                return false;
            }
            if (!Float.isNaN(pixel) && values.add(pixel + 0f) && values.size() > max) { // -0 is 0
                return false;
            }
        }
        return values.size() > 1;
    }

    /**
     * Masks the patches of zeros in {@code pixels}, and gives the other pixels a rounding error back. An image whose
     * unmasked pixels all have one value keeps it.
     *
     * @param pixels any number of images, in image, row, column order; changed in place
     * @param step the difference between neighbouring values, above 0
     */
    public static void restore(float[] pixels, int height, int width, double step) {
        SplittableRandom random = new SplittableRandom(SEED);
        int size = height * width;
        for (int image = 0; image < pixels.length; image += size) {
            boolean[] patches = patches(pixels, image, height, width);
            boolean isFlat = isFlat(pixels, image, patches);
            for (int i = 0; i < size; i++) {
                double error = random.nextDouble(-0.5, 0.5) * step;
                if (patches[i]) {
                    pixels[image + i] = Float.NaN;
                } else if (!isFlat) {
                    pixels[image + i] += (float) error;
                }
            }
        }
    }

    private static boolean isFlat(float[] pixels, int image, boolean[] patches) {
        float first = Float.NaN;
        for (int i = 0; i < patches.length; i++) {
            float pixel = pixels[image + i];
            if (!patches[i] && !Float.isNaN(pixel)) {
                if (Float.isNaN(first)) {
                    first = pixel;
                } else if (first != pixel) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean[] patches(float[] pixels, int image, int height, int width) {
        boolean[] patches = new boolean[height * width];
        for (int row = 0; row <= height - PATCH; row++) {
            for (int column = 0; column <= width - PATCH; column++) {
                mark(pixels, image, width, patches, row, column, PATCH, PATCH);
            }
        }
        for (int row = 0; row < height && width >= MIN_LINE; row++) {
            mark(pixels, image, width, patches, row, 0, 1, width);
        }
        for (int column = 0; column < width && height >= MIN_LINE; column++) {
            mark(pixels, image, width, patches, 0, column, height, 1);
        }
        return patches;
    }

    /** Marks a rectangle if it is all zeros. */
    private static void mark(
            float[] pixels, int image, int width, boolean[] patches, int top, int left, int rows, int columns) {
        for (int row = top; row < top + rows; row++) {
            for (int column = left; column < left + columns; column++) {
                if (pixels[image + row * width + column] != 0) {
                    return;
                }
            }
        }
        for (int row = top; row < top + rows; row++) {
            for (int column = left; column < left + columns; column++) {
                patches[row * width + column] = true;
            }
        }
    }
}
