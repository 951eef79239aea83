package dev.stampede.stamps.normalise;

/** {@link Recipe#MIN_MAX}: (x - minimum) / (maximum - minimum), 0 to 1. */
final class MinMaxNormaliser extends LinearNormaliser {
    MinMaxNormaliser(int rows, int columns) {
        super(rows, columns);
    }

    @Override
    boolean measure(float[] pixels, int offset) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + size; i++) {
            if (!Float.isNaN(pixels[i])) {
                min = Math.min(min, pixels[i]);
                max = Math.max(max, pixels[i]);
            }
        }
        level = min;
        scale = max - min;
        return scale > 0;
    }
}
